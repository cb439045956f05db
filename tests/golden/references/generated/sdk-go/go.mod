module example.com/references

go 1.25
