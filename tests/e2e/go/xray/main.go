// Xray is a service under the X-Ray SDK for Go as it is: xray NAME HEADER, with AWS_XRAY_DAEMON_ADDRESS.
package main

import (
	"context"
	"errors"
	"log"
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/aws/aws-xray-sdk-go/xray"
)

func main() {
	if err := xray.Configure(xray.Config{LogLevel: "error"}); err != nil {
		log.Fatal(err)
	}
	shop := http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		_ = xray.Capture(request.Context(), "charge", func(ctx context.Context) error {
			_ = xray.AddAnnotation(ctx, "tier", "gold")
			return errors.New("the card is declined")
		})
		answer.WriteHeader(http.StatusInternalServerError)
	})
	request := httptest.NewRequest(http.MethodPost, "http://go.test/checkout", nil)
	request.Header.Set("X-Amzn-Trace-Id", os.Args[2])
	xray.Handler(xray.NewFixedSegmentNamer(os.Args[1]), shop).ServeHTTP(httptest.NewRecorder(), request)
}
