// A service under the X-Ray SDK for Java as it is: java XRay.java NAME, with AWS_XRAY_DAEMON_ADDRESS.
import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;
import java.util.Map;

public class XRay {
  public static void main(String[] arguments) {
    AWSXRay.setGlobalRecorder(
        AWSXRayRecorderBuilder.standard().withSamplingStrategy(new AllSamplingStrategy()).build());
    Segment segment = AWSXRay.beginSegment(arguments[0]);
    segment.putAnnotation("tier", "gold");
    segment.putMetadata("shop", "basket", Map.of("items", 3));
    segment.putHttp("request", Map.of("method", "GET", "url", "https://java.test/checkout"));
    segment.putHttp("response", Map.of("status", 200));
    Subsegment call = AWSXRay.beginSubsegment("mail.test");
    call.setNamespace("remote");
    call.addException(new IllegalStateException("no route", new IllegalArgumentException("no such host")));
    call.setFault(true);
    AWSXRay.endSubsegment();
    AWSXRay.endSegment();
    System.out.println(segment.getTraceId());
  }
}
