module example.com/referencelists

go 1.25
