Attribute VB_Name = "Press"
Option Explicit
Option Private Module

' A button rings here: Python does the work and tells the user; VBA tells only why Python could not be reached.

Private Const NO_SCRIPT As Long = vbObjectError + 903

' Do what a button asks for. Whatever happens, the status bar is given back.
Public Sub XlkpiPress(ByVal action As String, ByVal given As Variant)
    Dim trouble As Long
    Dim reason As String
    On Error GoTo Failed
    Application.StatusBar = Said("status." & action)
    SendPress PressWords(action, given)
Tidy:
    Application.StatusBar = False
    Exit Sub
Failed:
    trouble = Err.Number
    reason = Err.Description
    Tell Explained(trouble, reason)
    Resume Tidy
End Sub

' What a press says to Python: the action, its arguments, and last the language of Excel.
Private Function PressWords(ByVal action As String, ByVal given As Variant) As Variant
    Dim pieces() As Variant
    Dim piece As Variant
    Dim last As Long
    ReDim pieces(0 To UBound(given) - LBound(given) + 2)
    pieces(0) = action
    For Each piece In given
        last = last + 1
        pieces(last) = CStr(piece)
    Next piece
    pieces(last + 1) = Spoken()
    PressWords = pieces
End Function

' Why a press failed, and what to do.
Private Function Explained(ByVal trouble As Long, ByVal reason As String) As String
    If trouble = NOT_READY Then
        Explained = SaidOf("message.XK901", reason)
    ElseIf trouble = NO_SCRIPT Then
        Explained = Said("message.XK903")
    ElseIf IsAlive() Then
        Explained = SaidOf("message.XK905", Right$(reason, 400))
    Else
        LoseServer
        PlanRecovery
        Explained = Said("message.XK902")
    End If
End Function

#If Mac Then

' Start Python for one press by AppleScript, the one way out of Excel's sandbox; Excel is free at once.
Private Sub SendPress(ByVal pieces As Variant)
    Dim book As String
    If Not Application.ActiveWorkbook Is Nothing Then book = Application.ActiveWorkbook.Name
    If RunScript(Join(Array(Interpreter(), Join(pieces, Chr$(31)), "--wb=" & book, "--from_xl=1", _
        "--app=" & Application.Path), Chr$(31))) <> "started" Then Err.Raise NOT_READY, , Interpreter()
End Sub

' Hand the words to the AppleScript that install put in place.
Private Function RunScript(ByVal parameter As String) As String
    On Error GoTo Missing
    RunScript = AppleScriptTask("xlkpi.applescript", "XlkpiPress", parameter)
    Exit Function
Missing:
    Err.Raise NO_SCRIPT, , Err.Description
End Function

#Else

' Call the ribbon's Python with the workbook in front; what a user typed travels as data, never inside code.
Private Sub SendPress(ByVal pieces As Variant)
    Dim python As Object
    Dim done As Object
    Set python = Answering()
    python.SetAttr python.Module("xlwings._xlwindows"), "BOOK_CALLER", Application.ActiveWorkbook
    Set done = python.Call(python.Module("xlkpi.excel.ribbon"), "press", python.TupleFromArray(pieces))
End Sub

#End If
