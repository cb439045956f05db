package api

import "net/http"

// Kind fixes an error's status, who can mend it, and whether to try again. Later versions of the service may have further ones; what is
// no error of the service's is "redirect" or "not_modified".
type Kind string

// The kinds of errors.
const (
	KindMalformed          Kind = "malformed"
	KindUnauthenticated    Kind = "unauthenticated"
	KindForbidden          Kind = "forbidden"
	KindNotFound           Kind = "not_found"
	KindConflict           Kind = "conflict"
	KindGone               Kind = "gone"
	KindPreconditionFailed Kind = "precondition_failed"
	KindTooLarge           Kind = "too_large"
	KindInvalid            Kind = "invalid"
	KindRateLimited        Kind = "rate_limited"
	KindInternal           Kind = "internal"
	KindUnavailable        Kind = "unavailable"
	KindTimeout            Kind = "timeout"
)

var kinds = []struct {
	status int
	kind   Kind
	of     func(*Problem) error
}{
	{400, KindMalformed, func(p *Problem) error { return &MalformedError{p} }},
	{401, KindUnauthenticated, func(p *Problem) error { return &UnauthenticatedError{p} }},
	{403, KindForbidden, func(p *Problem) error { return &ForbiddenError{p} }},
	{404, KindNotFound, func(p *Problem) error { return &NotFoundError{p} }},
	{409, KindConflict, func(p *Problem) error { return &ConflictError{p} }},
	{410, KindGone, func(p *Problem) error { return &GoneError{p} }},
	{412, KindPreconditionFailed, func(p *Problem) error { return &PreconditionFailedError{p} }},
	{413, KindTooLarge, func(p *Problem) error { return &TooLargeError{p} }},
	{422, KindInvalid, func(p *Problem) error { return &InvalidError{p} }},
	{429, KindRateLimited, func(p *Problem) error { return &RateLimitedError{p} }},
	{500, KindInternal, func(p *Problem) error { return &InternalError{p} }},
	{503, KindUnavailable, func(p *Problem) error { return &UnavailableError{p} }},
	{504, KindTimeout, func(p *Problem) error { return &TimeoutError{p} }},
}

// kindOf gives the kind of a status that comes without one.
func kindOf(status int) Kind {
	for _, known := range kinds {
		if known.status == status {
			return known.kind
		}
	}
	switch {
	case status == http.StatusNotModified:
		return "not_modified"
	case status < 400:
		return "redirect"
	case status < 500:
		return KindMalformed
	}
	return KindInternal
}

// MalformedError says that the request cannot be read: its syntax is wrong.
type MalformedError struct{ *Problem }

// Unwrap gives what all errors of the service have.
func (e *MalformedError) Unwrap() error { return e.Problem }

// UnauthenticatedError says that the server does not know who is calling: the key is missing, wrong or out of date.
type UnauthenticatedError struct{ *Problem }

// Unwrap gives what all errors of the service have.
func (e *UnauthenticatedError) Unwrap() error { return e.Problem }

// ForbiddenError says that the caller may not do this.
type ForbiddenError struct{ *Problem }

// Unwrap gives what all errors of the service have.
func (e *ForbiddenError) Unwrap() error { return e.Problem }

// NotFoundError says that there is no such thing, or that the caller may not see it.
type NotFoundError struct{ *Problem }

// Unwrap gives what all errors of the service have.
func (e *NotFoundError) Unwrap() error { return e.Problem }

// ConflictError says that the request does not fit the present state; read it again.
type ConflictError struct{ *Problem }

// Unwrap gives what all errors of the service have.
func (e *ConflictError) Unwrap() error { return e.Problem }

// GoneError says that what was called has been taken away for good.
type GoneError struct{ *Problem }

// Unwrap gives what all errors of the service have.
func (e *GoneError) Unwrap() error { return e.Problem }

// PreconditionFailedError says that somebody else has changed it since; read it again.
type PreconditionFailedError struct{ *Problem }

// Unwrap gives what all errors of the service have.
func (e *PreconditionFailedError) Unwrap() error { return e.Problem }

// TooLargeError says that the request is too long.
type TooLargeError struct{ *Problem }

// Unwrap gives what all errors of the service have.
func (e *TooLargeError) Unwrap() error { return e.Problem }

// InvalidError says that the request can be read and breaks rules; [Problem.Failures] names all of them.
type InvalidError struct{ *Problem }

// Unwrap gives what all errors of the service have.
func (e *InvalidError) Unwrap() error { return e.Problem }

// RateLimitedError says that there were too many requests; the headers say how long to wait.
type RateLimitedError struct{ *Problem }

// Unwrap gives what all errors of the service have.
func (e *RateLimitedError) Unwrap() error { return e.Problem }

// InternalError says that the server failed.
type InternalError struct{ *Problem }

// Unwrap gives what all errors of the service have.
func (e *InternalError) Unwrap() error { return e.Problem }

// UnavailableError says that the server cannot answer at present.
type UnavailableError struct{ *Problem }

// Unwrap gives what all errors of the service have.
func (e *UnavailableError) Unwrap() error { return e.Problem }

// TimeoutError says that the server gave up on something that it waited for.
type TimeoutError struct{ *Problem }

// Unwrap gives what all errors of the service have.
func (e *TimeoutError) Unwrap() error { return e.Problem }
