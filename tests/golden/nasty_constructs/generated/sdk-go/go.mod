module example.com/nastyconstructs

go 1.25
