// The scenarios of tests/run/matrix, through the Go SDK.
package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"example.com/bookstore"
	"example.com/bookstore/option"
)

// scenarios are those of the list, in its order.
var scenarios = []struct {
	name string
	run  func()
}{
	{"create", create},
	{"get_raw", getRaw},
	{"page_1000", page1000},
	{"page_single", pageSingle},
	{"page_stuck", pageStuck},
	{"filters", filters},
	{"patch_null", patchNull},
	{"patch_if_match", patchIfMatch},
	{"conflict", conflict},
	{"declared_error", declaredError},
	{"not_found", notFound},
	{"validation", validation},
	{"unauthenticated", unauthenticated},
	{"refresh", refresh},
	{"retry_503", retry503},
	{"retry_429", retry429},
	{"retry_date", retryDate},
	{"retry_gives_up", retryGivesUp},
	{"no_retry_write", noRetryWrite},
	{"idempotent_retry", idempotentRetry},
	{"cut_get", cutGet},
	{"attempt_timeout", attemptTimeout},
	{"total_timeout", totalTimeout},
	{"cancel", cancel},
	{"unknown_enum", unknownEnum},
	{"unknown_error", unknownError},
	{"garbage", garbage},
	{"deprecated", deprecated},
	{"hooks", hooks},
	{"batch", batch},
	{"soft_delete", softDelete},
	{"fields", fields},
	{"nested", nested},
	{"slash_in_path", slashInPath},
	{"int64_decimal", int64Decimal},
	{"wire", wire},
	{"redirect", redirect},
	{"page_end", pageEnd},
	{"in_flight", inFlight},
	{"key_header", keyHeader},
	{"unreadable", unreadable},
	{"odd_problem", oddProblem},
	{"refresh_once", refreshOnce},
	{"bad_key", badKey},
}

// client is the one that most scenarios use.
var client = newClient(option.APIKey(token))

func main() {
	status := 0
	for _, scenario := range scenarios {
		begin(scenario.name)
		if why := failureOf(scenario.run); why != nil {
			status = 1
			fmt.Printf("not ok %s: %s\n", scenario.name, strings.ReplaceAll(why.Error(), "\n", " "))
		} else {
			fmt.Printf("ok %s\n", scenario.name)
		}
	}
	os.Exit(status)
}

// failed is what ends a scenario.
type failed struct{ error }

func failureOf(run func()) (why error) {
	defer func() {
		switch caught := recover().(type) {
		case nil:
		case failed:
			why = caught
		default:
			why = fmt.Errorf("it panicked: %v", caught)
		}
	}()
	run()
	return nil
}

// expect ends the scenario unless something holds.
func expect(holds bool, saw ...any) {
	if !holds {
		panic(failed{errors.New(strings.TrimSpace(fmt.Sprintln(saw...)))})
	}
}

// same ends the scenario unless both are printed alike.
func same(got, want any) {
	expect(fmt.Sprint(got) == fmt.Sprint(want), "got", got, "instead of", want)
}

// must ends the scenario on an error.
func must(err error) {
	expect(err == nil, err)
}

// got gives a value that came without an error.
func got[T any](value T, err error) T {
	must(err)
	return value
}

// as gives the error of a type, which must be there.
func as[E error](err error) E {
	var found E
	expect(errors.As(err, &found), fmt.Sprintf("%T: %v", err, err))
	return found
}

func newClient(opts ...option.Option) *bookstore.Client {
	made, err := bookstore.New(append([]option.Option{option.BaseURL(baseURL)}, opts...)...)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	return made
}
