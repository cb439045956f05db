// Package opt has values that a request may leave out, and that may be null.
package opt

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Value is left out, null, or a value. The zero Value is left out.
type Value[T any] struct {
	value *T
	null  bool
}

// Of gives a value.
func Of[T any](value T) Value[T] {
	return Value[T]{value: &value}
}

// Null gives null: in an update it clears what is there.
func Null[T any]() Value[T] {
	return Value[T]{null: true}
}

// FromPointer gives what the pointer points to, and null for nil.
func FromPointer[T any](pointer *T) Value[T] {
	if pointer == nil {
		return Null[T]()
	}
	return Of(*pointer)
}

// Pointer gives a pointer to a value: what may be null within a list or a map is one.
func Pointer[T any](value T) *T {
	return &value
}

// Get gives the value, and false where there is none.
func (v Value[T]) Get() (T, bool) {
	if v.value == nil {
		var none T
		return none, false
	}
	return *v.value, true
}

// IsNull tells whether it is null.
func (v Value[T]) IsNull() bool {
	return v.null
}

// IsZero tells whether it is left out; encoding/json asks it for omitzero.
func (v Value[T]) IsZero() bool {
	return v.value == nil && !v.null
}

// Any gives the value, and nil where there is none.
func (v Value[T]) Any() any {
	if v.value == nil {
		return nil
	}
	return *v.value
}

// String is for people.
func (v Value[T]) String() string {
	switch {
	case v.IsZero():
		return "unset"
	case v.null:
		return "null"
	default:
		return fmt.Sprint(*v.value)
	}
}

// MarshalJSON writes the value, or null.
func (v Value[T]) MarshalJSON() ([]byte, error) {
	return json.Marshal(v.value)
}

// UnmarshalJSON reads a value, or null.
func (v *Value[T]) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		*v = Null[T]()
		return nil
	}
	var value T
	if err := json.Unmarshal(data, &value); err != nil {
		return err
	}
	*v = Of(value)
	return nil
}
