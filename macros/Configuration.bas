Attribute VB_Name = "Configuration"
Option Explicit
Option Private Module

' The one configuration: the file in the user's profile that "xlkpi install" wrote, lines of key=value.
' No sheet, no folder of a workbook and no current folder is ever looked at: what is mailed must not choose a program.

#If Not Mac Then
    Private Declare PtrSafe Function GetEnvironmentVariableW Lib "kernel32" _
        (ByVal variable As LongPtr, ByVal buffer As LongPtr, ByVal size As Long) As Long
#End If

' Something that the installation should have put in place is missing.
Public Const NOT_READY As Long = vbObjectError + 901

' The absolute path of the Python that install wrote down.
Public Function Interpreter() As String
    Interpreter = Setting("interpreter")
    If Not IsAbsolute(Interpreter) Then Err.Raise NOT_READY, , ConfigurationPath()
End Function

' A value of the configuration; empty when it has none.
Public Function Setting(ByVal key As String) As String
    Dim entry As Variant
    For Each entry In Split(Replace(ConfigurationText(), vbCr, vbNullString), vbLf)
        If Left$(entry, Len(key) + 1) = key & "=" Then Setting = Mid$(entry, Len(key) + 2)
    Next entry
End Function

#If Mac Then

' Whether a path starts at the root.
Public Function IsAbsolute(ByVal path As String) As Boolean
    IsAbsolute = (Left$(path, 1) = "/")
End Function

' The configuration in Excel's own container, the one place that Excel may read without asking.
Private Function ConfigurationPath() As String
    Const CONTAINER As String = "/Library/Containers/com.microsoft.Excel/Data"
    Dim home As String
    home = Environ$("HOME")
    If Right$(home, Len(CONTAINER)) <> CONTAINER Then home = home & CONTAINER
    ConfigurationPath = home & "/xlkpi.conf"
End Function

' The configuration's text; install refuses paths beyond ASCII here.
Private Function ConfigurationText() As String
    Dim handle As Integer
    Dim bytes() As Byte
    Dim place As Long
    On Error GoTo Failed
    handle = FreeFile
    Open ConfigurationPath() For Binary Access Read As #handle
    ReDim bytes(0 To LOF(handle) - 1)
    Get #handle, , bytes
    Close #handle
    For place = 0 To UBound(bytes)
        ConfigurationText = ConfigurationText & Chr$(bytes(place))
    Next place
    Exit Function
Failed:
    Close #handle
    Err.Raise NOT_READY, , ConfigurationPath()
End Function

#Else

' Whether a path names its drive or its server.
Public Function IsAbsolute(ByVal path As String) As Boolean
    IsAbsolute = (path Like "?:\*" Or path Like "\\?*")
End Function

' The configuration in the user's profile; asked in Unicode, which Environ$ is not.
Private Function ConfigurationPath() As String
    Dim roaming As String
    Dim size As Long
    roaming = String$(32767, vbNullChar)
    size = GetEnvironmentVariableW(StrPtr("APPDATA"), StrPtr(roaming), Len(roaming))
    ConfigurationPath = Left$(roaming, size) & "\xlkpi\xlkpi.conf"
End Function

' The configuration's text, UTF-16; Open would lose a user's name beyond the ANSI code page.
Private Function ConfigurationText() As String
    Const READING As Long = 1
    Const UTF_16 As Long = -1
    Dim files As Object
    On Error GoTo Failed
    Set files = CreateObject("Scripting.FileSystemObject")
    ConfigurationText = files.OpenTextFile(ConfigurationPath(), READING, False, UTF_16).ReadAll()
    Exit Function
Failed:
    Err.Raise NOT_READY, , ConfigurationPath()
End Function

#End If
