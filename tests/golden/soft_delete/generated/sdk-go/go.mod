module example.com/softdelete/v2

go 1.25
