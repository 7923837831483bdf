Attribute VB_Name = "Ribbon"
Option Explicit

' The tab "Influence KPI". Each button is also a macro by name, for Alt+F8 and for a shape of one's own.

' A button or a menu entry of the tab was clicked.
Public Sub XlkpiClicked(ByVal control As IRibbonControl)
    Select Case control.ID
        Case "xlkpiNewEnglish"
            MakeCampaign "en", vbNullString
        Case "xlkpiNewFrench"
            MakeCampaign "fr", vbNullString
        Case "xlkpiNewEnglishSample"
            MakeCampaign "en", "sample"
        Case "xlkpiNewFrenchSample"
            MakeCampaign "fr", "sample"
        Case "xlkpiImport"
            ImportData
        Case "xlkpiCheck"
            CheckData
        Case "xlkpiReport"
            GenerateReport
        Case "xlkpiReportThis"
            ReportOn "this"
        Case "xlkpiReportAll"
            ReportOn "all"
        Case "xlkpiReportPeriod"
            ReportOnPeriod
        Case "xlkpiPdf"
            ExportPdf
        Case "xlkpiHelp"
            KpiHelp
        Case "xlkpiDoctor"
            SetupCheck
    End Select
End Sub

' The label of a control, in the language of Excel.
Public Sub XlkpiLabel(ByVal control As IRibbonControl, ByRef returnedVal As Variant)
    returnedVal = Said(control.ID)
End Sub

' The headline of a control's tip.
Public Sub XlkpiTip(ByVal control As IRibbonControl, ByRef returnedVal As Variant)
    returnedVal = Said(control.ID & ".tip")
End Sub

' The text of a control's tip.
Public Sub XlkpiSupertip(ByVal control As IRibbonControl, ByRef returnedVal As Variant)
    returnedVal = Said(control.ID & ".help")
End Sub

' Make a new campaign in the language of Excel and open it.
Public Sub NewCampaign()
    Select Case MsgBox(Said("ask.sample"), vbYesNoCancel + vbQuestion, Said("xlkpiNew"))
        Case vbYes
            MakeCampaign Spoken(), "sample"
        Case vbNo
            MakeCampaign Spoken(), vbNullString
    End Select
End Sub

' Bring exports of the networks, or other tables, into the campaign.
Public Sub ImportData()
    Const KINDS As String = "*.csv;*.xlsx;*.xls;*.zip"
    Dim chosen As Variant
    If Not IsBookReady() Then Exit Sub
    #If Mac Then
        chosen = Application.GetOpenFilename()
        If VarType(chosen) = vbString Then chosen = Array(chosen)
    #Else
        chosen = Application.GetOpenFilename(Said("ask.import.files") & " (" & KINDS & ")," & KINDS, , _
            Said("ask.import"), , True)
    #End If
    If IsArray(chosen) Then XlkpiPress "import", chosen
End Sub

' Say everything that is doubtful in the data.
Public Sub CheckData()
    If IsBookReady() Then XlkpiPress "check", Array()
End Sub

' Make the report that the workbook's settings ask for.
Public Sub GenerateReport()
    ReportOn vbNullString
End Sub

' Write the report as a PDF.
Public Sub ExportPdf()
    Dim path As String
    If Not IsBookReady() Then Exit Sub
    path = AskPath(Stem(Application.ActiveWorkbook.Name) & ".pdf", "PDF (*.pdf),*.pdf", "ask.pdf")
    If Len(path) > 0 Then XlkpiPress "pdf", Array(path)
End Sub

' Explain the KPIs.
Public Sub KpiHelp()
    XlkpiPress "help", Array()
End Sub

' Examine the installation.
Public Sub SetupCheck()
    XlkpiPress "doctor", Array()
End Sub

' Make a report: "this" campaign, "all" campaigns, a period such as "2026-09", or what the settings say.
Private Sub ReportOn(ByVal scope As String)
    If IsBookReady() Then XlkpiPress "report", Array(scope)
End Sub

' Ask for a period and report on it.
Private Sub ReportOnPeriod()
    Const TEXT_WANTED As Long = 2
    Dim period As Variant
    If Not IsBookReady() Then Exit Sub
    period = Application.InputBox(Said("ask.period"), Said("xlkpiReportPeriod"), Format$(Date, "yyyy-mm"), _
        Type:=TEXT_WANTED)
    If VarType(period) = vbString Then
        If Len(Trim$(period)) > 0 Then ReportOn Trim$(period)
    End If
End Sub

' Ask where a new campaign goes, and have Python write it.
Private Sub MakeCampaign(ByVal language As String, ByVal sample As String)
    Dim path As String
    #If Not Mac Then
        Dim existed As Boolean
    #End If
    path = AskPath(Said("ask.new.name." & language), Said("ask.new.files") & " (*.xlsx),*.xlsx", "ask.new")
    If Len(path) = 0 Then Exit Sub
    #If Mac Then
        ' Python goes on by itself there, and opens what it has made.
        XlkpiPress "new", Array(path, language, sample)
    #Else
        existed = FileExists(path)
        XlkpiPress "new", Array(path, language, sample)
        ' Python does not write over a file; what was there is not the new campaign.
        If Not existed Then OpenCampaign path
    #End If
End Sub

' Ask for a file to write; empty when the user thinks better of it.
Private Function AskPath(ByVal proposed As String, ByVal kinds As String, ByVal title As String) As String
    Dim chosen As Variant
    #If Mac Then
        chosen = Application.GetSaveAsFilename(proposed)
    #Else
        chosen = Application.GetSaveAsFilename(proposed, kinds, , Said(title))
    #End If
    If VarType(chosen) = vbString Then AskPath = chosen
End Function

' A file name without its ending.
Private Function Stem(ByVal file As String) As String
    Stem = file
    If InStrRev(file, ".") > 1 Then Stem = Left$(file, InStrRev(file, ".") - 1)
End Function
