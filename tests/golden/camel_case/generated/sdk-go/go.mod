module example.com/camelcase

go 1.25
