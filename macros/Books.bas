Attribute VB_Name = "Books"
Option Explicit
Option Private Module

' Workbooks: may a button use the one in front, open a new one, and what Excel must know of our functions.

' Whether the workbook in front may be worked on; if not, the reason is told.
Public Function IsBookReady() As Boolean
    Dim sheet As Object
    If Application.ActiveWorkbook Is Nothing Then
        Tell Said("message.XK907")
        Exit Function
    End If
    For Each sheet In Application.ActiveWorkbook.Sheets
        If LCase$(sheet.Name) Like "*.conf" Or LCase$(sheet.Name) Like "*.py" Then
            Tell SaidOf("message.XK904", sheet.Name)
            Exit Function
        End If
    Next sheet
    IsBookReady = True
End Function

' Open a campaign that Python made and let Excel bind its functions; nothing when Python made none and has told why.
Public Sub OpenCampaign(ByVal path As String)
    Dim book As Workbook
    On Error GoTo Failed
    If Not FileExists(path) Or IsOpen(path) Then Exit Sub
    Set book = Application.Workbooks.Open(path)
    BindFunctions book
    Exit Sub
Failed:
    Tell SaidOf("message.XK906", path)
End Sub

' Whether a workbook is open; to open it once more would ask whether to lose its changes.
Private Function IsOpen(ByVal path As String) As Boolean
    Dim book As Workbook
    For Each book In Application.Workbooks
        If StrComp(book.FullName, path, vbTextCompare) = 0 Then IsOpen = True
    Next book
End Function

' Enter the formulas with KPI functions again: Excel does not bind those that a program wrote.
Public Sub BindFunctions(ByVal book As Workbook)
    Dim sheet As Worksheet
    Dim table As ListObject
    Dim column As ListColumn
    Dim updating As Boolean
    updating = Application.ScreenUpdating
    On Error GoTo Tidy
    Application.ScreenUpdating = False
    For Each sheet In book.Worksheets
        For Each table In sheet.ListObjects
            For Each column In table.ListColumns
                BindColumn column.DataBodyRange
            Next column
        Next table
    Next sheet
Tidy:
    Application.ScreenUpdating = updating
End Sub

' Enter a table column again: as a whole where every cell has the formula, else cell by cell.
Private Sub BindColumn(ByVal body As Range)
    Dim cell As Range
    On Error Resume Next
    If body Is Nothing Then Exit Sub
    If IsNull(body.HasFormula) Then
        For Each cell In body.Cells
            If cell.HasFormula And HasKpiFunction(cell.Formula) Then EnterAgain cell
        Next cell
    ElseIf body.HasFormula And HasKpiFunction(body.Cells(1, 1).Formula) Then
        EnterAgain body
    End If
End Sub

' Enter formulas again; Excel 2019 and before have no Formula2.
Private Sub EnterAgain(ByVal place As Object)
    On Error GoTo Older
    place.Formula2 = place.Formula2
    Exit Sub
Older:
    place.Formula = place.Formula
End Sub

' Whether a formula calls one of our functions.
Private Function HasKpiFunction(ByVal formula As String) As Boolean
    Dim candidate As Variant
    For Each candidate In Split(Said("functions"), ",")
        If InStr(1, formula, candidate & "(", vbTextCompare) > 0 Then HasKpiFunction = True
    Next candidate
End Function

' Whether there is a file of this name; Dir$ would lose names beyond the ANSI code page.
Public Function FileExists(ByVal path As String) As Boolean
    Dim files As Object
    On Error Resume Next
    Set files = CreateObject("Scripting.FileSystemObject")
    FileExists = files.FileExists(path)
End Function

' -- the function wizard ----------------------------------------------------------------------------

' Give Excel the help of every function and argument, in its language.
Public Sub RegisterFunctions()
    Dim candidate As Variant
    Dim updating As Boolean
    Dim events As Boolean
    Dim front As Workbook
    updating = Application.ScreenUpdating
    events = Application.EnableEvents
    Set front = Application.ActiveWorkbook
    On Error Resume Next
    Application.ScreenUpdating = False
    Application.EnableEvents = False
    ' Excel refuses to describe functions of a hidden workbook, which an add-in is.
    ThisWorkbook.IsAddin = False
    For Each candidate In Split(Said("functions"), ",")
        RegisterFunction CStr(candidate)
    Next candidate
    ThisWorkbook.IsAddin = True
    ThisWorkbook.Saved = True
    If Not front Is Nothing Then front.Activate
    Application.EnableEvents = events
    Application.ScreenUpdating = updating
End Sub

' Give Excel the help of one function.
Private Sub RegisterFunction(ByVal candidate As String)
    Dim helps() As Variant
    Dim count As Long
    On Error Resume Next
    Do While Said(candidate & "." & (count + 1)) <> candidate & "." & (count + 1)
        ReDim Preserve helps(0 To count)
        helps(count) = Said(candidate & "." & (count + 1))
        count = count + 1
    Loop
    If count = 0 Then
        Application.MacroOptions Macro:=candidate, Description:=Said(candidate), Category:="Influence KPI"
    Else
        Application.MacroOptions Macro:=candidate, Description:=Said(candidate), Category:="Influence KPI", _
            ArgumentDescriptions:=helps
    End If
End Sub
