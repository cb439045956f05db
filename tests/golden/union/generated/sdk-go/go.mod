module example.com/union

go 1.25
