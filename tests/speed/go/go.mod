module example.com/speed

go 1.25

require example.com/bookstore v0.0.0

replace example.com/bookstore => ../sdks/generated/sdk-go
