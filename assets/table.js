// the table
