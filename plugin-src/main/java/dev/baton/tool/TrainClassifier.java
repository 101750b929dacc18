package dev.baton.tool;

import dev.baton.onnx.ClassifierGraph;
import dev.baton.onnx.Device;
import dev.baton.onnx.ModelException;
import dev.baton.onnx.ModelFiles;
import dev.baton.onnx.ModelSource;
import dev.baton.onnx.OnnxGraph;
import dev.baton.onnx.Session;
import dev.baton.onnx.Tokenizer;
import dev.baton.onnx.Tokens;
import dev.baton.onnx.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Trains a linear classification over the vector of a frozen encoder, with the weight decay that is
 * best on the development file, and writes a whole model: model.onnx, tokenizer.json, config.json.
 */
@Command(
    name = "train-classifier",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Trains a classification of texts over a frozen encoder.")
public final class TrainClassifier implements Callable<Integer> {

  private static final String HIDDEN = "last_hidden_state";
  private static final double[] DECAYS = {1e-2, 1e-3, 1e-4, 1e-5};
  private static final double CHOSEN = 0.5;

  @Mixin private LanguageOption language;

  @Mixin private TrainingOptions options;

  /** Texts as the regression takes them. */
  private record Examples(float[][] vectors, float[][] targets) {}

  /** Runs the command; the exit code is the verdict. */
  public static void main(String[] arguments) {
    System.exit(
        Main.execute(
            new TrainClassifier(),
            Set.of(IOException.class, ModelException.class, CollectionFormatException.class),
            arguments));
  }

  @Override
  public Integer call() throws IOException {
    List<LabelledText> trained = new ArrayList<>();
    for (Path file : options.train()) {
      trained.addAll(LabelledText.read(file));
    }
    List<LabelledText> held = LabelledText.read(options.dev());
    List<String> labels = labels(trained, held);
    boolean multiLabel = trained.stream().anyMatch(text -> text.labels().size() != 1);
    String source = options.model(language.language());
    ModelFiles files = ModelSource.of("--model", source).load();
    OnnxGraph encoder = OnnxGraph.parse(source, files.graph());
    Examples examples;
    Examples heldOut;
    try (Tokenizer tokenizer = new Tokenizer(source, files.tokenizer());
        Session session =
            new Session(source, files.graph(), files.folder(), Device.choose("auto"));
        Progress progress = new Progress("Reading", "texts", trained.size() + held.size())) {
      examples = examples(trained, labels, tokenizer, session, progress);
      heldOut = examples(held, labels, tokenizer, session, progress);
    }
    LogisticRegression best = null;
    for (double decay : DECAYS) {
      LogisticRegression fitted =
          LogisticRegression.fit(examples.vectors(), examples.targets(), multiLabel, decay);
      double loss = fitted.loss(heldOut.vectors(), heldOut.targets());
      System.out.printf(
          Locale.ROOT, "decay %.0e: dev loss %.4f, %s%n", decay, loss, score(fitted, heldOut));
      if (best == null || loss < best.loss(heldOut.vectors(), heldOut.targets())) {
        best = fitted;
      }
    }
    write(best, encoder, files, labels, score(best, heldOut));
    return 0;
  }

  private List<String> labels(List<LabelledText> trained, List<LabelledText> held) {
    Set<String> labels = new TreeSet<>();
    trained.forEach(text -> labels.addAll(text.labels()));
    if (labels.size() < 2) {
      throw new CollectionFormatException(
          options.trainNames() + " must have at least two labels, has " + labels);
    }
    for (LabelledText text : held) {
      if (!labels.containsAll(text.labels())) {
        throw new CollectionFormatException(
            options.dev()
                + " has labels "
                + text.labels()
                + ", of which not all are in "
                + options.trainNames());
      }
    }
    return List.copyOf(labels);
  }

  private static Examples examples(
      List<LabelledText> texts,
      List<String> labels,
      Tokenizer tokenizer,
      Session encoder,
      Progress progress) {
    float[][] vectors =
        texts.parallelStream()
            .map(text -> {
              Tokens tokens = tokenizer.encode(text.text(), TrainingOptions.MAX_TOKENS);
              Window window = tokenizer.window(tokens, 0, tokens.size());
              float[] hidden = encoder.values(window, List.of(HIDDEN)).get(HIDDEN);
              progress.add(1);
              return unit(hidden, hidden.length / window.length());
            })
            .toArray(float[][]::new);
    float[][] targets = new float[texts.size()][labels.size()];
    for (int i = 0; i < targets.length; i++) {
      for (String label : texts.get(i).labels()) {
        targets[i][labels.indexOf(label)] = 1;
      }
    }
    return new Examples(vectors, targets);
  }

  /** The hidden state of the first token, scaled to length 1. */
  private static float[] unit(float[] hidden, int width) {
    double square = 0;
    for (int i = 0; i < width; i++) {
      square += (double) hidden[i] * hidden[i];
    }
    float[] unit = new float[width];
    for (int i = 0; i < width; i++) {
      unit[i] = (float) (hidden[i] / Math.sqrt(square));
    }
    return unit;
  }

  /** Of single labels the share that is right; of several the micro F1. */
  private static String score(LogisticRegression fitted, Examples held) {
    int right = 0;
    int found = 0;
    int expected = 0;
    for (int n = 0; n < held.vectors().length; n++) {
      double[] p = fitted.probabilities(held.vectors()[n]);
      double max = java.util.Arrays.stream(p).max().orElseThrow();
      for (int l = 0; l < p.length; l++) {
        boolean chosen = fitted.multiLabel() ? p[l] >= CHOSEN : p[l] == max;
        found += chosen ? 1 : 0;
        expected += held.targets()[n][l] == 1 ? 1 : 0;
        right += chosen && held.targets()[n][l] == 1 ? 1 : 0;
      }
    }
    return fitted.multiLabel()
        ? String.format(Locale.ROOT, "micro F1 %.3f", 2.0 * right / Math.max(1, found + expected))
        : String.format(Locale.ROOT, "accuracy %.3f", (double) right / expected);
  }

  private void write(
      LogisticRegression fitted,
      OnnxGraph encoder,
      ModelFiles files,
      List<String> labels,
      String score)
      throws IOException {
    Path out = options.out();
    Files.createDirectories(out);
    Files.write(
        out.resolve("model.onnx"),
        new ClassifierGraph(fitted.flatWeights(), fitted.flatBias()).over(encoder));
    Files.write(out.resolve("tokenizer.json"), files.tokenizer());
    Map<String, Integer> label2id = new LinkedHashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      label2id.put(labels.get(i), i);
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put(
        "problem_type",
        fitted.multiLabel() ? "multi_label_classification" : "single_label_classification");
    config.put("id2label", TrainingOptions.numbered(labels));
    config.put("label2id", label2id);
    config.put("max_position_embeddings", TrainingOptions.MAX_TOKENS + 2);
    config.put("base_model", files.name());
    options.describe(config, card(files.name(), labels, score));
    System.out.println(
        out + ": labels " + labels + ", " + score + " on " + options.dev().getFileName());
  }

  /** What a user of the model has to know: data, licence, way of training, scores. */
  private String card(String source, List<String> labels, String score) {
    return """
    # Classification of texts over %s (%s)

    Labels: %s.

    - Data: %s; licence %s.
    - Training: logistic regression over the unit vector of [CLS]; the encoder stays as it is.
    - Score on %s, by which the weight decay was chosen: %s.
    - Made by `scripts/train-classifier`.
    """
        .formatted(
            source,
            language.language().code(),
            String.join(", ", labels),
            options.trainNames(),
            options.dataLicence(),
            options.dev().getFileName(),
            score);
  }
}
