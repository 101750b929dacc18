package dev.baton.solr;

import dev.baton.onnx.ModelRegistry;
import dev.baton.onnx.ModelStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.handler.RequestHandlerBase;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.security.AuthorizationContext;

/**
 * Answers which models are loaded on this node, by whichever core, and what each has done since it
 * was loaded; and what the readers of this core have still to do, see {@link ReadingReport}.
 * Read-only, without parameters:
 *
 * <pre>{@code
 * {"models": [{"model": "classpath:bge-small-zh-v1.5", "identity": "...@cpu",
 *   "task": ["embedding", "token-classification"], "dimension": 512, "labels": ["O", "B-PER", ...],
 *   "device": {"asked": "auto", "used": "cpu", "why": "..."}, "loadMillis": 310,
 *   "memory": {"fileBytes": 96000000, "residentBytes": 150000000}, "users": 2,
 *   "calls": 12, "windows": 12, "tokens": 1930, "paddingTokens": 0, "failures": 0,
 *   "tokenizerMillis": 8,
 *   "callMillis": {"total": 420.1, "mean": 35.0, "p50": 31.7, "p99": 80.2},
 *   "waiting": {"windows": 0, "tokens": 0}}],
 *  "reading": {...}}
 * }</pre>
 *
 * <p>{@code total} and {@code mean} are of all calls, {@code p50} and {@code p99} of a sample of
 * the recent ones. {@code fileBytes} is the size of graph, head and tokenizer, {@code
 * residentBytes} by how much the process grew while the model was loaded, with whatever else went
 * on meanwhile. {@code waiting} is the queue of the device, which its models share.
 */
public final class ModelsRequestHandler extends RequestHandlerBase {

  private static final double NANOS_OF_MILLI = 1e6;

  @Override
  public void handleRequestBody(SolrQueryRequest request, SolrQueryResponse response)
      throws IOException {
    response.setHttpCaching(false);
    List<SimpleOrderedMap<Object>> models = new ArrayList<>();
    ModelRegistry.ofNode().statistics().stream()
        .sorted(
            Comparator.comparing(ModelStatistics::model).thenComparing(ModelStatistics::identity))
        .forEach(statistics -> models.add(describe(statistics)));
    response.add("models", models);
    Optional<EnrichmentUpdateProcessorFactory> enrichment =
        Optional.ofNullable(request.getCore()).flatMap(EnrichmentUpdateProcessorFactory::of);
    if (enrichment.isPresent()) {
      response.add("reading", ReadingReport.of(enrichment.get(), request.getSearcher()));
    }
  }

  private static SimpleOrderedMap<Object> describe(ModelStatistics of) {
    SimpleOrderedMap<Object> model = new SimpleOrderedMap<>();
    model.add("model", of.model());
    model.add("identity", of.identity());
    model.add("task", tasks(of));
    if (of.hiddenWidth() > 0) {
      model.add("dimension", of.hiddenWidth());
    }
    model.add("labels", of.classes().isEmpty() ? of.labels() : of.classes());
    model.add(
        "device",
        map("asked", of.device().asked(), "used", of.device().used(), "why", of.device().why()));
    model.add("loadMillis", of.loadMillis());
    SimpleOrderedMap<Object> memory = map("fileBytes", of.fileBytes());
    of.residentBytes().ifPresent(bytes -> memory.add("residentBytes", bytes));
    model.add("memory", memory);
    model.add("users", of.users());
    model.add("calls", of.calls());
    model.add("windows", of.windows());
    model.add("tokens", of.tokens());
    model.add("paddingTokens", of.paddingTokens());
    model.add("failures", of.failures());
    model.add("tokenizerMillis", millis(of.tokenizerNanos()));
    model.add(
        "callMillis",
        map(
            "total",
            millis(of.modelNanos()),
            "mean",
            millis((double) of.modelNanos() / Math.max(1, of.calls())),
            "p50",
            millis(of.medianCallNanos()),
            "p99",
            millis(of.slowCallNanos())));
    model.add("waiting", map("windows", of.waitingWindows(), "tokens", of.waitingTokens()));
    return model;
  }

  private static List<String> tasks(ModelStatistics of) {
    List<String> tasks = new ArrayList<>();
    if (of.hiddenWidth() > 0) {
      tasks.add("embedding");
    }
    if (!of.labels().isEmpty()) {
      tasks.add("token-classification");
    }
    if (!of.classes().isEmpty()) {
      tasks.add("classification");
    }
    return tasks;
  }

  private static double millis(double nanos) {
    return Math.round(nanos / NANOS_OF_MILLI * 1_000) / 1_000.0;
  }

  private static SimpleOrderedMap<Object> map(Object... namesAndValues) {
    SimpleOrderedMap<Object> map = new SimpleOrderedMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.add((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  @Override
  public String getDescription() {
    return "The models that are loaded on this node, what they have done, and what there is to do";
  }

  @Override
  public Name getPermissionName(AuthorizationContext context) {
    return Name.READ_PERM;
  }
}
