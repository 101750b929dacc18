package dev.baton.tool;

import dev.baton.extraction.BioDecoder;
import dev.baton.onnx.Device;
import dev.baton.onnx.HeadGraph;
import dev.baton.onnx.ModelException;
import dev.baton.onnx.ModelFiles;
import dev.baton.onnx.ModelSource;
import dev.baton.onnx.OnnxGraph;
import dev.baton.onnx.Session;
import dev.baton.onnx.Tokenizer;
import dev.baton.text.Language;
import dev.baton.text.Mention;
import dev.baton.text.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Trains a token classification head on the frozen layers of an encoder, keeps the epoch that is
 * best on the development file, and writes {@code head.onnx}, {@code config.json} and {@code
 * MODEL_CARD.md}.
 */
@Command(
    name = "train-ner",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Trains the head that finds names, on the frozen layers of an encoder.")
public final class TrainNer implements Callable<Integer> {

  /** Types whose labels come first, in this order; the others follow in that of the alphabet. */
  private static final List<String> FIRST = List.of("PER", "ORG", "LOC");

  @Mixin private NerDataOptions data;

  @Mixin private TrainingOptions options;

  @Option(names = "--layers", split = ",", description = "numbers of the layers that the head sees")
  private List<Integer> layers;

  @Option(names = "--inner", defaultValue = "128", description = "width of the inner layer")
  private int inner;

  @Option(names = "--epochs", defaultValue = "12")
  private int epochs;

  @Option(names = "--rate", defaultValue = "0.001", description = "learning rate at the start")
  private double rate;

  @Option(names = "--feature-dropout", defaultValue = "0.2")
  private double featureDropout;

  @Option(names = "--inner-dropout", defaultValue = "0.4")
  private double innerDropout;

  @Option(names = "--decay", defaultValue = "0.01", description = "weight decay")
  private double decay;

  @Option(names = "--batch-tokens", defaultValue = "2048")
  private int batchTokens;

  @Option(names = "--seeds", split = ",", defaultValue = "1", description = "a training for each")
  private List<Long> seeds;

  /** {@code O} and the labels of each type that is in the training files. */
  private List<String> labels;

  /** Runs the command; the exit code is the verdict. */
  public static void main(String[] arguments) {
    System.exit(
        Main.execute(new TrainNer(), Set.of(IOException.class, ModelException.class), arguments));
  }

  @Override
  public Integer call() throws IOException {
    Language read = data.language();
    String source = options.model(read);
    List<List<NerSentence>> trained = new ArrayList<>();
    for (Path file : options.train()) {
      trained.add(data.read(file));
    }
    List<NerSentence> held = data.read(options.dev());
    labels = labels(trained);
    ModelFiles files = ModelSource.of("--model", source).load();
    OnnxGraph graph = OnnxGraph.parse(source, files.graph());
    List<String> values = values(graph, read);
    try (Tokenizer tokenizer = new Tokenizer(source, files.tokenizer());
        Session encoder =
            new Session(source, graph.withOutputs(values), files.folder(), Device.choose("auto"))) {
      List<NerExample> examples = new ArrayList<>();
      for (int i = 0; i < trained.size(); i++) {
        examples.addAll(
            examples(options.train().get(i), trained.get(i), tokenizer, encoder, values));
      }
      train(
          examples,
          examples(options.dev(), held, tokenizer, encoder, values),
          tokenizer,
          values,
          source);
    }
    return 0;
  }

  private static List<String> labels(List<List<NerSentence>> files) {
    Set<String> types = new TreeSet<>();
    files.forEach(file -> file.forEach(s -> s.names().forEach(name -> types.add(name.type()))));
    List<String> labels = new ArrayList<>(List.of("O"));
    Stream.concat(
            FIRST.stream().filter(types::contains),
            types.stream().filter(type -> !FIRST.contains(type)))
        .forEach(type -> labels.addAll(List.of("B-" + type, "I-" + type)));
    return labels;
  }

  private List<String> values(OnnxGraph graph, Language read) {
    Map<Integer, String> outputs = graph.layerOutputs();
    List<Integer> chosen =
        layers != null ? layers : read == Language.ZH ? List.of(0, 1, 2, 3) : List.of(2, 5, 8, 11);
    if (!outputs.keySet().containsAll(chosen)) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "--layers must be among " + outputs.keySet() + ", got: " + chosen);
    }
    return chosen.stream().map(outputs::get).toList();
  }

  private List<NerExample> examples(
      Path file,
      List<NerSentence> sentences,
      Tokenizer tokenizer,
      Session encoder,
      List<String> values) {
    long start = System.nanoTime();
    List<NerExample> examples =
        sentences.parallelStream()
            .map(s ->
                NerExample.of(s, labels, tokenizer, encoder, values, TrainingOptions.MAX_TOKENS))
            .toList();
    System.out.printf(
        "%s: %d sentences, %d tokens, %d s%n",
        file.getFileName(),
        examples.size(),
        examples.stream().mapToInt(e -> e.tokens().size()).sum(),
        (System.nanoTime() - start) / 1_000_000_000L);
    return examples;
  }

  private void train(
      List<NerExample> examples,
      List<NerExample> held,
      Tokenizer tokenizer,
      List<String> values,
      String source)
      throws IOException {
    double best = -1;
    int width = examples.get(0).features().length / examples.get(0).length();
    for (long seed : seeds) {
      HeadTrainer.Plan plan =
          new HeadTrainer.Plan(
              inner, rate, featureDropout, innerDropout, decay, epochs, batchTokens, seed);
      try (HeadTrainer trainer = new HeadTrainer(plan, width, labels.size())) {
        for (int epoch = 0; epoch < epochs; epoch++) {
          long start = System.nanoTime();
          double loss = trainer.epoch(epoch, examples);
          SpanScore score = score(trainer, held, tokenizer);
          System.out.printf(
              "seed %d epoch %d: loss %.4f, dev %s, %d s%n",
              seed, epoch + 1, loss, score, (System.nanoTime() - start) / 1_000_000_000L);
          if (score.f1() > best) {
            best = score.f1();
            write(trainer.head(values), source, values, score, seed);
          }
        }
      }
    }
  }

  /** Names found against names annotated, as ranges of annotated tokens. */
  private SpanScore score(HeadTrainer trainer, List<NerExample> held, Tokenizer tokenizer) {
    BioDecoder decoder = new BioDecoder(labels);
    SpanScore score = new SpanScore();
    for (NerExample example : held) {
      float[] logits = trainer.predict(example);
      List<Integer> words = new ArrayList<>();
      List<float[]> scores = new ArrayList<>();
      for (int w = 0; w < example.tokens().size(); w = example.tokens().nextWord(w)) {
        float[] mean = new float[labels.size()];
        int end = example.tokens().nextWord(w);
        for (int t = w; t < end; t++) {
          for (int l = 0; l < mean.length; l++) {
            int row = t + tokenizer.specialTokensBefore();
            mean[l] += logits[row * mean.length + l] / (end - w);
          }
        }
        words.add(w);
        scores.add(mean);
      }
      List<Mention> found = new ArrayList<>();
      for (BioDecoder.Range range : decoder.decode(scores.toArray(new float[0][]))) {
        int start = example.tokens().start(words.get(range.from()));
        int last = example.tokens().nextWord(words.get(range.to() - 1)) - 1;
        Span span = new Span(start, example.tokens().end(last));
        String surface = span.of(example.sentence().text());
        found.add(new Mention(range.type(), span, surface, range.probability()));
      }
      score.add(example.sentence().names(), example.sentence().names(found));
    }
    return score;
  }

  private void write(HeadGraph head, String source, List<String> values, SpanScore score, long seed)
      throws IOException {
    Path out = options.out();
    Files.createDirectories(out);
    Files.write(out.resolve("head.onnx"), head.toOnnx());
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("id2label", TrainingOptions.numbered(labels));
    config.put("base_model", source);
    config.put("layers", values);
    options.describe(config, card(source, values, score, seed));
  }

  /** What a user of the head has to know: data, licence, way of training, scores. */
  private String card(String source, List<String> values, SpanScore score, long seed) {
    return """
    # Names in texts: head for %s (%s)

    Labels each token: %s. To be appended to the encoder, which stays
    as it is; its inputs are the values %s, the attention mask and the shapes of the words.

    - Data: %s; licence %s.
    - Training: inner layer %d, at most %d epochs, learning rate %s, dropout %s and %s, weight decay
      %s, batches of %d tokens, seed %d; the epoch that is best on the development file.
    - Scores on %s (spans and types exact, on the annotated tokens): %s
    - Made by `scripts/train-ner`.
    """
        .formatted(
            source,
            data.language().code(),
            String.join(", ", labels),
            values,
            options.trainNames(),
            options.dataLicence(),
            inner,
            epochs,
            rate,
            featureDropout,
            innerDropout,
            decay,
            batchTokens,
            seed,
            options.dev().getFileName(),
            score);
  }
}
