module example.com/matrix

go 1.25

require (
	example.com/bookstore v0.0.0
	example.com/nastynames v0.0.0
)

replace (
	example.com/bookstore => ./sdk
	example.com/nastynames => ./nastynames
)
