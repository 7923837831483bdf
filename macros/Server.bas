Attribute VB_Name = "Server"
Option Explicit
Option Private Module

' The Python that computes cells, on Windows: how it is asked, started, and started again when it died.
' xlwings' DLL starts it as a COM server, once for all workbooks, and ends it together with Excel.

#If Mac Then
#ElseIf Win64 Then
    Private Const DLL_KEY As String = "dll64"
    Private Const DLL_NAME As String = "xlwings64-0.37.8.dll"
    Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings64-0.37.8.dll" _
        (ByRef answer As Variant, ByVal commandLine As String, ByVal mode As Long) As Long
#Else
    Private Const DLL_KEY As String = "dll32"
    Private Const DLL_NAME As String = "xlwings32-0.37.8.dll"
    Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings32-0.37.8.dll" _
        (ByRef answer As Variant, ByVal commandLine As String, ByVal mode As Long) As Long
#End If
#If Not Mac Then
    Private Declare PtrSafe Function LoadLibraryW Lib "kernel32" (ByVal path As LongPtr) As LongPtr
#End If

Private Const RUN_SERVER As Long = 1
Private Const END_SERVER As Long = -1
Private Const MOST_IN_VAIN As Long = 3

' The server; Nothing until it answers, and again when it has died.
Private python As Object
' When a start was last tried.
Private startedAt As Date
' Starts that were tried: each has a class of its own, for that of a dead server may still be taken.
Private starts As Long
' Cells were left without a value since the last recovery.
Private lost As Boolean
' When the planned recovery is due; 0 when none is planned.
Private recoveryAt As Date
' Recoveries in a row that lost cells again.
Private inVain As Long

' -- cells ------------------------------------------------------------------------------------------

' Ask the server for a cell function; #N/A when it does not answer.
Public Function XlkpiCall(ByVal wanted As String, ByVal given As Variant) As Variant
    Dim answer As Variant
    On Error GoTo Failed
    If python Is Nothing Then StartServer False
    answer = python.CallUDF("xlkpi.excel.udf", wanted, given)
    XlkpiCall = AsCells(answer)
    Exit Function
Failed:
    XlkpiCall = CVErr(xlErrNA)
    If Not IsAlive() Then LoseServer
End Function

' An argument as the server wants it: values instead of a range, Empty for a missing one.
Public Function Raw(Optional ByVal given As Variant) As Variant
    If IsMissing(given) Then
        Raw = Empty
    ElseIf Not IsObject(given) Then
        Raw = given
    ElseIf given.Areas.Count > 1 Then
        Raw = CVErr(xlErrValue)
    Else
        Raw = given.Value2
    End If
End Function

' An answer as cells take it, one value or an array of them.
Private Function AsCells(ByRef answer As Variant) As Variant
    Dim row As Long
    Dim column As Long
    Select Case Dimensions(answer)
        Case 0
            AsCells = AsCell(answer)
        Case 1
            For row = LBound(answer) To UBound(answer)
                answer(row) = AsCell(answer(row))
            Next row
            AsCells = answer
        Case Else
            For row = LBound(answer, 1) To UBound(answer, 1)
                For column = LBound(answer, 2) To UBound(answer, 2)
                    answer(row, column) = AsCell(answer(row, column))
                Next column
            Next row
            AsCells = answer
    End Select
End Function

' One value as a cell takes it. An Excel error crosses COM as the Long &H800A0000 + its number, 2000 to 2099.
Private Function AsCell(ByRef value As Variant) As Variant
    AsCell = value
    If VarType(value) <> vbLong Then Exit Function
    If value >= &H800A07D0 And value <= &H800A0833 Then AsCell = CVErr(value - &H800A0000)
End Function

' How many dimensions a value has: 0 for a single value.
Private Function Dimensions(ByRef values As Variant) As Long
    Dim bound As Long
    Dim known As Long
    On Error GoTo Counted
    If Not IsArray(values) Then Exit Function
    Do
        bound = UBound(values, known + 1)
        known = known + 1
    Loop
Counted:
    Dimensions = known
End Function

' -- start and end ----------------------------------------------------------------------------------

' Excel is ready: describe the functions, and start the server so that the first cell does not wait.
Public Sub XlkpiReady()
    On Error Resume Next
    RegisterFunctions
    If Not IsAlive() Then StartServer True
End Sub

' The server, alive; a button starts it if need be.
Public Function Answering() As Object
    If Not IsAlive() Then StartServer True
    Set Answering = python
End Function

' Whether the server answers.
Public Function IsAlive() As Boolean
    On Error Resume Next
    IsAlive = (python.Str("xlkpi") = "xlkpi")
End Function

' End the server, and what is planned: a pending OnTime would open the add-in again.
Public Sub EndServer()
    On Error Resume Next
    If recoveryAt <> 0 Then Application.OnTime recoveryAt, Macro("XlkpiRecover"), , False
    recoveryAt = 0
    lost = False
    If Not python Is Nothing Then Activated END_SERVER
    Set python = Nothing
End Sub

' Start the server; for a cell not within two seconds of the last start, or 10,000 cells would wait one by one.
Private Sub StartServer(ByVal atOnce As Boolean)
    Dim reason As String
    If Not atOnce And Now < startedAt + TimeSerial(0, 0, 2) Then Err.Raise NOT_READY
    On Error GoTo Failed
    starts = starts + 1
    Set python = Activated(RUN_SERVER)
    startedAt = Now
    Exit Sub
Failed:
    reason = Err.Description
    startedAt = Now
    Err.Raise NOT_READY, , reason
End Sub

#If Mac Then

' Cell functions are computed on Windows only.
Private Function Activated(ByVal mode As Long) As Object
    Err.Raise NOT_READY
End Function

#Else

' The server from xlwings' DLL, which starts the command, or ends what it started.
Private Function Activated(ByVal mode As Long) As Object
    Dim answer As Variant
    Dim commandLine As String
    commandLine = ServerCommand()
    LoadServerLibrary
    If XLPyDLLActivateAuto(answer, commandLine, mode) <> 0 Then Err.Raise NOT_READY, , CStr(answer)
    If mode = RUN_SERVER Then Set Activated = answer
End Function

' The command of the server: one for all workbooks, and another at each start, for the DLL gives each its own class.
Private Function ServerCommand() As String
    Dim which As String
    If starts > 1 Then which = ", " & starts
    ServerCommand = """" & Interpreter() & """ -I -B -c ""import xlkpi.excel.serve as s; " & _
        "s.serve('$(CLSID)'" & which & ")"""
End Function

' Load the DLL from where install found it; by its bare name Windows would look into the current folder too.
Private Sub LoadServerLibrary()
    Dim path As String
    path = Setting(DLL_KEY)
    If Not IsAbsolute(path) Or Right$(path, Len(DLL_NAME) + 1) <> "\" & DLL_NAME Then Err.Raise NOT_READY, , DLL_NAME
    If LoadLibraryW(StrPtr(path)) = 0 Then Err.Raise NOT_READY, , path
End Sub

#End If

' -- recovery ---------------------------------------------------------------------------------------

' Forget a dead server. Excel ignores OnTime while it computes a cell, so an event plans the recovery.
Public Sub LoseServer()
    Set python = Nothing
    #If Not Mac Then
        lost = True
        ThisWorkbook.Listen
    #End If
End Sub

' Plan to compute lost cells again in a second; once at a time, and not for a minute after three times in vain.
Public Sub PlanRecovery()
    If Not lost Or Now < recoveryAt + TimeSerial(0, 0, 5) Then Exit Sub
    If inVain >= MOST_IN_VAIN And Now < startedAt + TimeSerial(0, 1, 0) Then Exit Sub
    recoveryAt = Now + TimeSerial(0, 0, 1)
    Application.OnTime recoveryAt, Macro("XlkpiRecover")
End Sub

' Start a lost server again and compute the cells that it left without a value.
Public Sub XlkpiRecover()
    recoveryAt = 0
    If Not lost Then Exit Sub
    On Error GoTo Failed
    If Not IsAlive() Then StartServer True
    lost = False
    Application.CalculateFull
    inVain = IIf(lost, inVain + 1, 0)
    Exit Sub
Failed:
    inVain = inVain + 1
    PlanRecovery
End Sub

' The full name by which Excel finds a macro of this add-in.
Public Function Macro(ByVal bare As String) As String
    Macro = "'" & ThisWorkbook.Name & "'!" & bare
End Function
