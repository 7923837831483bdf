-- Starts Python for one press of an xlkpi button. Excel's VBA calls XlkpiPress through AppleScriptTask.
-- The parameter is a list with character 31 between its items: the interpreter, then the words for Python.
-- Every item becomes one quoted word of the shell, and Python goes on in the background: Excel does not wait.

on XlkpiPress(parameter)
	set givenItems to itemsOf(parameter)
	set interpreter to quoted form of (item 1 of givenItems)
	try
		do shell script "test -x " & interpreter
	on error
		return "missing"
	end try
	set commandLine to interpreter & " -I -B -m xlkpi.excel.ribbon"
	repeat with givenItem in (rest of givenItems)
		set commandLine to commandLine & " " & quoted form of (contents of givenItem)
	end repeat
	do shell script commandLine & " > /dev/null 2>&1 &"
	return "started"
end XlkpiPress

on itemsOf(parameter)
	set oldDelimiters to AppleScript's text item delimiters
	set AppleScript's text item delimiters to (character id 31)
	set foundItems to text items of parameter
	set AppleScript's text item delimiters to oldDelimiters
	return foundItems
end itemsOf
