module example.com/serviceoperations

go 1.25
