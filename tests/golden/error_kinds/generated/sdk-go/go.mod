module example.com/errorkinds

go 1.25
