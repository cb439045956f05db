package api

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// Decimal is an exact decimal as text, such as "9.99", without an exponent. A float would round it.
type Decimal string

// ParseDecimal checks a text.
func ParseDecimal(text string) (Decimal, error) {
	decimal := Decimal(text)
	return decimal, decimal.check()
}

// Rat gives the exact value for arithmetic; nil for a text that is no decimal.
func (d Decimal) Rat() *big.Rat {
	if d.check() != nil {
		return nil
	}
	value, _ := new(big.Rat).SetString(string(d))
	return value
}

// MarshalJSON writes the text; one that is no decimal is an error, before it is sent.
func (d Decimal) MarshalJSON() ([]byte, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	return []byte(`"` + d + `"`), nil
}

func (d Decimal) check() error {
	whole, part, pointed := strings.Cut(strings.TrimPrefix(string(d), "-"), ".")
	if !digits(whole) || pointed && !digits(part) {
		return fmt.Errorf("%q is no decimal: write it like 9.99", string(d))
	}
	return nil
}

func digits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// Int64 is a whole number of 64 bits within a list or a map. It is text in JSON, so that no client rounds it.
type Int64 int64

// MarshalJSON writes the number as text.
func (i Int64) MarshalJSON() ([]byte, error) {
	return strconv.AppendQuote(nil, strconv.FormatInt(int64(i), 10)), nil
}

// UnmarshalJSON reads the number from text.
func (i *Int64) UnmarshalJSON(data []byte) error {
	var text *string
	if err := json.Unmarshal(data, &text); err != nil || text == nil {
		return err
	}
	number, err := strconv.ParseInt(*text, 10, 64)
	*i = Int64(number)
	return err
}

// Date is a day of the calendar.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate gives a day.
func NewDate(year int, month time.Month, day int) Date {
	return Date{Year: year, Month: month, Day: day}
}

// ParseDate reads a day from "2027-06-01".
func ParseDate(text string) (Date, error) {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, fmt.Errorf("%q is no day: write it like 2027-06-01", text)
	}
	return DateOf(at), nil
}

// DateOf gives the day of an instant in its time zone.
func DateOf(at time.Time) Date {
	year, month, day := at.Date()
	return Date{Year: year, Month: month, Day: day}
}

// In gives the first instant of the day in a time zone.
func (d Date) In(zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
}

// IsZero tells whether it is no day.
func (d Date) IsZero() bool {
	return d == Date{}
}

// String gives "2027-06-01".
func (d Date) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText writes the day; one that the calendar does not have is an error, before it is sent.
func (d Date) MarshalText() ([]byte, error) {
	if DateOf(d.In(time.UTC)) != d || d.Year < 0 || d.Year > 9999 {
		return nil, fmt.Errorf("%s is no day of the calendar", d)
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads the day.
func (d *Date) UnmarshalText(text []byte) error {
	date, err := ParseDate(string(text))
	*d = date
	return err
}

// Duration is a span of time as ISO 8601 writes it, such as "P1DT2H30M". It stays text: a month has no fixed length.
type Duration string

// NewDuration gives a span in seconds: "PT5400S".
func NewDuration(span time.Duration) Duration {
	sign := ""
	if span < 0 {
		sign = "-"
	}
	// Through the remainder: the least span of all has no counterpart above zero.
	seconds, rest := (span / time.Second).Abs(), (span % time.Second).Abs()
	fraction := strings.TrimRight(fmt.Sprintf(".%09d", rest), "0.")
	return Duration(fmt.Sprintf("%sPT%d%sS", sign, seconds, fraction))
}
