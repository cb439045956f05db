module example.com/structures

go 1.25
