module example.com/nastytext

go 1.25
