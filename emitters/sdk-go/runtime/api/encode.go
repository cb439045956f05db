package api

import (
	"bytes"
	"cmp"
	"encoding"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// microseconds is how an instant stands on the wire: in UTC, with up to six digits of a second.
const microseconds = "2006-01-02T15:04:05.999999Z"

// Encode writes a body as JSON: keys sorted, no spaces, and an empty list for a nil one, so that one call has the same bytes
// however its arguments were put together.
func Encode(value any) ([]byte, error) {
	var e encoder
	if err := e.value(reflect.ValueOf(value), false); err != nil {
		return nil, err
	}
	return e.text.Bytes(), nil
}

type encoder struct{ text bytes.Buffer }

// optional is what opt.Value is, whatever it holds.
type optional interface {
	Any() any
	IsZero() bool
}

// value writes a value; quoted where whole numbers are text.
func (e *encoder) value(v reflect.Value, quoted bool) error {
	if !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		e.text.WriteString("null")
		return nil
	}
	switch known := v.Interface().(type) {
	case optional:
		return e.value(reflect.ValueOf(known.Any()), quoted)
	case time.Time:
		e.string(known.UTC().Format(microseconds))
		return nil
	case json.Number:
		e.text.WriteString(known.String())
		return nil
	case json.Marshaler:
		return e.marshaled(known)
	case encoding.TextMarshaler:
		text, err := known.MarshalText()
		e.string(string(text))
		return err
	}
	return e.kind(v, quoted)
}

func (e *encoder) kind(v reflect.Value, quoted bool) error {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return e.value(v.Elem(), quoted)
	case reflect.Struct:
		return e.object(v)
	case reflect.Map:
		return e.entries(v, quoted)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			e.string(base64.StdEncoding.EncodeToString(v.Bytes()))
			return nil
		}
		return e.items(v, quoted)
	case reflect.String:
		e.string(v.String())
	case reflect.Int64:
		digits := strconv.FormatInt(v.Int(), 10)
		if quoted {
			digits = `"` + digits + `"`
		}
		e.text.WriteString(digits)
	default:
		return e.plain(v)
	}
	return nil
}

// plain writes what encoding/json writes the same way.
func (e *encoder) plain(v reflect.Value) error {
	value := v.Interface()
	if v.Kind() == reflect.Float64 && v.Float() == 0 {
		// Without the sign that a zero can have.
		value = 0
	}
	text, err := json.Marshal(value)
	e.text.Write(text)
	return err
}

// marshaled writes what a value makes of itself, with sorted keys.
func (e *encoder) marshaled(value json.Marshaler) error {
	text, err := value.MarshalJSON()
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var plain any
	if err := decoder.Decode(&plain); err != nil {
		return err
	}
	return e.value(reflect.ValueOf(plain), false)
}

func (e *encoder) items(v reflect.Value, quoted bool) error {
	e.text.WriteByte('[')
	for at := range v.Len() {
		if isUnset(v.Index(at)) {
			return errors.New("an item of a list is an unset opt.Value: give it a value, or leave it out")
		}
		e.comma(at)
		if err := e.value(v.Index(at), quoted); err != nil {
			return err
		}
	}
	e.text.WriteByte(']')
	return nil
}

func (e *encoder) entries(v reflect.Value, quoted bool) error {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
	e.text.WriteByte('{')
	written := 0
	for _, key := range keys {
		value := v.MapIndex(key)
		if isUnset(value) {
			continue
		}
		e.comma(written)
		written++
		e.string(key.String())
		e.text.WriteByte(':')
		if err := e.value(value, quoted); err != nil {
			return err
		}
	}
	e.text.WriteByte('}')
	return nil
}

func (e *encoder) object(v reflect.Value) error {
	e.text.WriteByte('{')
	written := 0
	for _, field := range membersOf(v.Type()) {
		value := v.FieldByIndex(field.index)
		if isUnset(value) {
			continue
		}
		e.comma(written)
		written++
		e.string(field.name)
		e.text.WriteByte(':')
		if err := e.value(value, field.quoted); err != nil {
			return err
		}
	}
	e.text.WriteByte('}')
	return nil
}

// isUnset tells whether a value is an opt.Value that is left out.
func isUnset(v reflect.Value) bool {
	left, ok := v.Interface().(optional)
	return ok && left.IsZero()
}

func (e *encoder) comma(at int) {
	if at > 0 {
		e.text.WriteByte(',')
	}
}

// string writes a text. Unlike encoding/json it escapes only what JSON cannot hold as it is.
func (e *encoder) string(text string) {
	e.text.WriteByte('"')
	for _, letter := range text {
		switch {
		case letter < ' ':
			e.text.WriteString(controls[letter])
		case letter == '"' || letter == '\\':
			e.text.WriteByte('\\')
			e.text.WriteRune(letter)
		default:
			e.text.WriteRune(letter)
		}
	}
	e.text.WriteByte('"')
}

// controls are the control characters as JSON has them.
var controls = func() (all [' ']string) {
	for at := range all {
		all[at] = fmt.Sprintf(`\u%04x`, at)
	}
	all['\b'], all['\f'], all['\n'], all['\r'], all['\t'] = `\b`, `\f`, `\n`, `\r`, `\t`
	return all
}()

// member is a field of a structure as it stands on the wire.
type member struct {
	name   string
	index  []int
	quoted bool
}

var known sync.Map

// membersOf gives the members of a structure in the order of their names.
func membersOf(of reflect.Type) []member {
	if found, ok := known.Load(of); ok {
		return found.([]member)
	}
	var members []member
	for at := range of.NumField() {
		field := of.Field(at)
		name, how, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.IsExported() && name != "" && name != "-" {
			members = append(members, member{name, field.Index, strings.Contains(how, "string")})
		}
	}
	slices.SortFunc(members, func(a, b member) int { return cmp.Compare(a.name, b.name) })
	known.Store(of, members)
	return members
}
