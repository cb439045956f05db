module example.com/nastynames

go 1.25
