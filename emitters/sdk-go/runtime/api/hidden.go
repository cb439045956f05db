package api

import (
	"cmp"
	"fmt"
	"iter"
	"log/slog"
	"reflect"
	"strings"
)

// hidden stands for what is sensitive: a field whose tag says `log:"-"`.
const hidden = "***"

// Shown gives the text of a structure as fmt has it, without what is sensitive.
func Shown(structure any) string {
	var fields []string
	for field, value := range shown(structure) {
		fields = append(fields, fmt.Sprintf("%s:%+v", field.Name, value))
	}
	return "{" + strings.Join(fields, " ") + "}"
}

// Logged gives a structure as slog is told it, without what is sensitive.
func Logged(structure any) slog.Value {
	var fields []slog.Attr
	for field, value := range shown(structure) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		fields = append(fields, slog.Any(cmp.Or(name, field.Name), logged(value)))
	}
	return slog.GroupValue(fields...)
}

// shown gives the fields of a structure, and what may be seen of them.
func shown(structure any) iter.Seq2[reflect.StructField, any] {
	return func(yield func(reflect.StructField, any) bool) {
		v := reflect.ValueOf(structure)
		for at := range v.NumField() {
			field, value := v.Type().Field(at), v.Field(at)
			seen := any(hidden)
			switch {
			case field.Tag.Get("log") == "-":
			case value.Kind() == reflect.Pointer && value.IsNil():
				seen = nil
			case value.Kind() == reflect.Pointer:
				seen = value.Elem().Interface()
			default:
				seen = value.Interface()
			}
			if !yield(field, seen) {
				return
			}
		}
	}
}

// logged gives a value as a log can have it: as JSON, what is within a list or a map would be seen.
func logged(value any) any {
	if left, ok := value.(optional); ok {
		return logged(left.Any())
	}
	if kind := reflect.ValueOf(value).Kind(); kind == reflect.Slice || kind == reflect.Map {
		return fmt.Sprintf("%+v", value)
	}
	return value
}
