Attribute VB_Name = "Texts"
Option Explicit
Option Private Module

' What people read: the sheet "texts" of this add-in holds key, English, French. VBA itself stays ASCII.

' The texts in the language of Excel, by key; read once.
Private known As Collection

' The text of a key; a key without a text stands for itself, so that the ribbon shows even without the sheet.
Public Function Said(ByVal key As String) As String
    On Error GoTo Missing
    If known Is Nothing Then Set known = ReadTexts()
    Said = known.Item(key)
    Exit Function
Missing:
    Said = key
End Function

' The text of a key with "{0}" filled in.
Public Function SaidOf(ByVal key As String, ByVal value As String) As String
    SaidOf = Replace(Said(key), "{0}", value)
End Function

' The language of Excel, as far as xlkpi speaks it: "fr" or "en".
Public Function Spoken() As String
    Const UI_LANGUAGE As Long = 2
    Const FRENCH As Long = 12
    Const FRANCE As Long = 33
    Dim settings As Object
    Dim id As Long
    On Error Resume Next
    Set settings = Application.LanguageSettings
    id = settings.LanguageID(UI_LANGUAGE)
    If id = 0 And Application.International(xlCountryCode) = FRANCE Then id = FRENCH
    Spoken = IIf((id And &H3FF) = FRENCH, "fr", "en")
End Function

' Tell the user something, in Excel's own box.
Public Sub Tell(ByVal message As String)
    MsgBox message, vbExclamation, Said("xlkpiTab")
End Sub

' The texts of the sheet in the language of Excel.
Private Function ReadTexts() As Collection
    Dim found As Collection
    Dim table As Variant
    Dim row As Long
    Dim side As Long
    Set found = New Collection
    side = IIf(Spoken() = "fr", 3, 2)
    table = ThisWorkbook.Worksheets("texts").UsedRange.Value2
    For row = 2 To UBound(table, 1)
        found.Add CStr(table(row, side)), CStr(table(row, 1))
    Next row
    Set ReadTexts = found
End Function
