"""What cells say: numbers, dates and ids as people and networks write them, one by one and a whole column."""
