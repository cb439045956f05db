module example.com/standardlibrary

go 1.25
