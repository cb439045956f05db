module example.com/inheritednames

go 1.25
