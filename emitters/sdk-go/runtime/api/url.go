package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"example.com/sdk/filter"
)

// pathOf puts keys into the braces of a path. One that would change which resource is meant is an error.
func pathOf(pattern string, keys []any) (string, error) {
	var path strings.Builder
	rest := pattern
	for _, key := range keys {
		before, behind, _ := strings.Cut(rest, "{")
		_, after, found := strings.Cut(behind, "}")
		if !found {
			return "", fmt.Errorf("the path %s has no place for %d keys", pattern, len(keys))
		}
		text, err := textOf(reflect.ValueOf(key))
		if err != nil {
			return "", err
		}
		if text == "" || text == "." || text == ".." {
			return "", fmt.Errorf("%q cannot stand in the path %s: pass the key of a resource", text, pattern)
		}
		path.WriteString(before + escaped(text))
		rest = after
	}
	return path.String() + rest, nil
}

// escaped gives a part of a path. As other clients do, it leaves what needs no escape, and nothing besides.
func escaped(text string) string {
	const plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()"
	var result strings.Builder
	for _, letter := range []byte(text) {
		if strings.IndexByte(plain, letter) >= 0 {
			result.WriteByte(letter)
		} else {
			fmt.Fprintf(&result, "%%%02X", letter)
		}
	}
	return result.String()
}

// pair is a parameter of a query.
type pair struct{ name, value string }

// query is what stands behind the question mark.
type query []pair

// set gives a parameter another value.
func (q query) set(name, value string) query {
	others := slices.DeleteFunc(slices.Clone(q), func(p pair) bool { return p.name == name })
	return append(others, pair{name, value})
}

// get gives the value of a parameter.
func (q query) get(name string) string {
	for _, p := range q {
		if p.name == name {
			return p.value
		}
	}
	return ""
}

// String gives the query with its question mark, in the order of names; empty when there is nothing to say.
func (q query) String() string {
	sorted := slices.Clone(q)
	slices.SortStableFunc(sorted, func(a, b pair) int { return strings.Compare(a.name, b.name) })
	// A form leaves other letters than url.QueryEscape.
	form := strings.NewReplacer("~", "%7E", "%2A", "*")
	mark := "?"
	var text strings.Builder
	for _, p := range sorted {
		text.WriteString(mark + form.Replace(url.QueryEscape(p.name)) + "=" + form.Replace(url.QueryEscape(p.value)))
		mark = "&"
	}
	return text.String()
}

// paramsOf reads the parameters of a call from the tags of a structure: `query:"name"` and `header:"Name"`. With omitzero a zero
// value is left out; with repeat each item of a list is a parameter of its own, so that it may hold a comma.
func paramsOf(params any, header http.Header) (query, error) {
	var found query
	structure := reflect.ValueOf(params)
	if !structure.IsValid() {
		return nil, nil
	}
	for at := range structure.NumField() {
		field, value := structure.Type().Field(at), structure.Field(at)
		pairs, err := paramOf(field.Tag.Get("query"), value)
		if err != nil {
			return nil, err
		}
		found = append(found, pairs...)
		if name := field.Tag.Get("header"); name != "" && !leftOut(value) {
			text, err := textOf(value)
			if err != nil {
				return nil, err
			}
			header.Set(name, text)
		}
	}
	return found, nil
}

func paramOf(tag string, value reflect.Value) (query, error) {
	name, how, _ := strings.Cut(tag, ",")
	if name == "" || leftOut(value) || how == "omitzero" && value.IsZero() {
		return nil, nil
	}
	if conditions, ok := value.Interface().(filter.Conditions); ok {
		return filtersOf(name, conditions.Conditions())
	}
	if left, ok := value.Interface().(optional); ok {
		value = reflect.ValueOf(left.Any())
	}
	if how != "repeat" || value.Kind() != reflect.Slice {
		text, err := textOf(value)
		return query{{name, text}}, err
	}
	var found query
	for at := range value.Len() {
		text, err := textOf(value.Index(at))
		if err != nil {
			return nil, err
		}
		found = append(found, pair{name, text})
	}
	return found, nil
}

// leftOut tells whether a value is absent, or null, which is the same.
func leftOut(value reflect.Value) bool {
	if value.Kind() == reflect.Interface || value.Kind() == reflect.Pointer {
		return value.IsNil()
	}
	left, ok := value.Interface().(optional)
	return ok && left.Any() == nil
}

// filtersOf gives `price.amount.lt=10`.
func filtersOf(name string, conditions []filter.Condition) (query, error) {
	var found query
	for _, condition := range conditions {
		text, err := textOf(reflect.ValueOf(condition.Values))
		if err != nil {
			return nil, err
		}
		if condition.Operator == "in" && strings.Count(text, ",") >= max(len(condition.Values), 1) {
			return nil, fmt.Errorf("a value of the filter %s.in holds a comma, which stands between values there", name)
		}
		if condition.Operator != "" {
			found = append(found, pair{name + "." + condition.Operator, text})
		} else {
			found = append(found, pair{name, text})
		}
	}
	return found, nil
}

// textOf gives a value as it stands in a path, a query or a header; items of a list with commas between.
func textOf(value reflect.Value) (string, error) {
	for value.Kind() == reflect.Interface {
		value = value.Elem()
	}
	if !value.IsValid() {
		return "", nil
	}
	if left, ok := value.Interface().(optional); ok {
		return textOf(reflect.ValueOf(left.Any()))
	}
	if value.Kind() == reflect.Slice && value.Type().Elem().Kind() != reflect.Uint8 {
		items := make([]string, value.Len())
		for at := range items {
			text, err := textOf(value.Index(at))
			if err != nil {
				return "", err
			}
			items[at] = text
		}
		return strings.Join(items, ","), nil
	}
	encoded, err := Encode(value.Interface())
	if err != nil || len(encoded) == 0 || encoded[0] != '"' {
		return string(encoded), err
	}
	var text string
	err = json.Unmarshal(encoded, &text)
	return text, err
}
