package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import dev.baton.onnx.ModelRegistry;
import dev.baton.onnx.ModelSource;
import dev.baton.onnx.ModelSpec;
import dev.baton.onnx.Priority;
import dev.baton.onnx.QueueLimit;
import dev.baton.onnx.ToyModel;
import dev.baton.onnx.Window;
import dev.baton.onnx.WindowOutput;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.request.LocalSolrQueryRequest;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.security.PermissionNameProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsRequestHandlerTest {

  private static final QueueLimit LIMIT = new QueueLimit(10, 1_000, 1_000);

  @TempDir Path folder;

  private static List<NamedList<Object>> models() throws Exception {
    SolrQueryResponse response = new SolrQueryResponse();
    try (SolrQueryRequest request = new LocalSolrQueryRequest(null, new ModifiableSolrParams())) {
      new ModelsRequestHandler().handleRequestBody(request, response);
    }
    @SuppressWarnings("unchecked")
    List<NamedList<Object>> models = (List<NamedList<Object>>) response.getValues().get("models");
    return models;
  }

  private ModelRegistry.Lease load(byte[] graph, List<String> labels) throws Exception {
    Path export = ToyModel.export(folder.resolve("m" + labels.size()), graph, labels);
    return ModelRegistry.ofNode()
        .acquire(
            new ModelSpec(ModelSource.of("model", export.toString()), Optional.empty(), "cpu"));
  }

  private static void run(ModelRegistry.Lease lease, int... tokens) {
    try {
      lease
          .model()
          .submit(
              new Window(tokens, new byte[tokens.length]),
              Priority.TEXT,
              LIMIT,
              WindowOutput::length)
          .join();
    } catch (CompletionException e) {
      then(tokens).as("only a token beyond the table fails").contains(5_000);
    }
  }

  @Test
  void nothingLoadedIsAnEmptyList() throws Exception {
    then(models()).isEmpty();
  }

  @Test
  void whatAModelIsAndDidIsShown() throws Exception {
    try (ModelRegistry.Lease one = load(ToyModel.encoder(200, 7), List.of());
        ModelRegistry.Lease two = load(ToyModel.encoder(200, 7), List.of())) {
      run(one, 1, 2, 3);
      run(two, 4, 5);
      run(two, 5_000);
      NamedList<Object> model = models().get(0);
      then(models()).hasSize(1);
      then(model.get("model")).asString().endsWith("m0");
      then(model.get("identity")).isEqualTo(one.model().content() + "@cpu");
      then(model.get("task")).isEqualTo(List.of("embedding"));
      then(model.get("dimension")).isEqualTo(7);
      then(model.get("labels")).isEqualTo(List.of());
      then(model.findRecursive("device", "asked")).isEqualTo("cpu");
      then(model.findRecursive("device", "used")).isEqualTo("cpu");
      then(model.findRecursive("device", "why")).isEqualTo("asked for");
      then((long) model.get("loadMillis")).isNotNegative();
      then((long) model.findRecursive("memory", "fileBytes")).isGreaterThan(4 * 200 * 7);
      then(model.get("users")).isEqualTo(2);
      then(model.get("calls")).isEqualTo(2L);
      then(model.get("windows")).isEqualTo(2L);
      then(model.get("tokens")).isEqualTo(5L);
      then(model.get("paddingTokens")).isEqualTo(0L);
      then(model.get("failures")).isEqualTo(1L);
      double median = (double) model.findRecursive("callMillis", "p50");
      double mean = (double) model.findRecursive("callMillis", "mean");
      then(median).isPositive();
      then((double) model.findRecursive("callMillis", "p99")).isGreaterThanOrEqualTo(median);
      then((double) model.findRecursive("callMillis", "total")).isGreaterThanOrEqualTo(mean);
      then(model.findRecursive("waiting", "windows")).isEqualTo(0);
    }
    then(models()).isEmpty();
  }

  @Test
  void aTokenClassificationShowsItsLabels() throws Exception {
    List<String> labels = List.of("O", "B-PER", "I-PER");
    try (ModelRegistry.Lease lease = load(ToyModel.classifier(200, 3), labels)) {
      NamedList<Object> model = models().get(0);
      then(model.get("task")).isEqualTo(List.of("token-classification"));
      then(model.get("labels")).isEqualTo(labels);
      then(model.get("dimension")).isNull();
      then(model.findRecursive("callMillis", "p99")).isEqualTo(0.0);
      then(lease.model().labels()).isEqualTo(labels);
    }
  }

  @Test
  void whoMayReadTheCoreMaySeeIt() {
    then(new ModelsRequestHandler().getPermissionName(null))
        .isEqualTo(PermissionNameProvider.Name.READ_PERM);
  }
}
