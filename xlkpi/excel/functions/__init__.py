"""The cell functions: what they are called, what they take, what a cell gets back."""
