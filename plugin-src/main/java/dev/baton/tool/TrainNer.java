package dev.baton.tool;

import com.google.gson.GsonBuilder;
import dev.baton.extraction.BioDecoder;
import dev.baton.onnx.Device;
import dev.baton.onnx.HeadGraph;
import dev.baton.onnx.ModelFiles;
import dev.baton.onnx.ModelSource;
import dev.baton.onnx.OnnxGraph;
import dev.baton.onnx.Session;
import dev.baton.onnx.Tokenizer;
import dev.baton.text.Language;
import dev.baton.text.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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

  private static final List<String> LABELS =
      List.of("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC");

  private static final int MAX_TOKENS = 510;

  @Option(names = "--language", required = true, description = "zh or en")
  private String language;

  @Option(names = "--model", description = "the encoder; default: that of the language")
  private String model;

  @Option(names = "--layers", split = ",", description = "numbers of the layers that the head sees")
  private List<Integer> layers;

  @Option(names = "--train", required = true, arity = "1..*", description = "IOB2 or CoNLL files")
  private List<Path> train;

  @Option(names = "--dev", required = true, description = "IOB2 or CoNLL file to stop by")
  private Path dev;

  @Option(names = "--out", required = true, description = "folder of the head")
  private Path out;

  @Option(
      names = "--data-licence",
      defaultValue = "not stated",
      description = "of the training files, for the model card")
  private String dataLicence;

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

  /** Runs the command; the exit code is the verdict. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TrainNer()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Language read = Language.of(language);
    String source =
        model != null
            ? model
            : "classpath:bge-small-" + (read == Language.ZH ? "zh-v1.5" : "en-v1.5-q");
    ModelFiles files = ModelSource.of("--model", source).load();
    OnnxGraph graph = OnnxGraph.parse(source, files.graph());
    List<String> values = values(graph, read);
    try (Tokenizer tokenizer = new Tokenizer(source, files.tokenizer());
        Session encoder =
            new Session(source, graph.withOutputs(values), files.folder(), Device.choose("auto"))) {
      List<NerExample> examples = new ArrayList<>();
      for (Path file : train) {
        examples.addAll(examples(file, read, tokenizer, encoder, values));
      }
      List<NerExample> held = examples(dev, read, tokenizer, encoder, values);
      train(examples, held, tokenizer, values, source);
    }
    return 0;
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

  private static List<NerExample> examples(
      Path file, Language read, Tokenizer tokenizer, Session encoder, List<String> values)
      throws IOException {
    List<NerSentence> sentences = NerFile.read(file, read);
    long start = System.nanoTime();
    List<NerExample> examples =
        sentences.parallelStream()
            .map(s -> NerExample.of(s, LABELS, tokenizer, encoder, values, MAX_TOKENS))
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
      try (HeadTrainer trainer = new HeadTrainer(plan, width, LABELS.size())) {
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
  private static SpanScore score(HeadTrainer trainer, List<NerExample> held, Tokenizer tokenizer) {
    BioDecoder decoder = new BioDecoder(LABELS);
    SpanScore score = new SpanScore();
    for (NerExample example : held) {
      float[] logits = trainer.predict(example);
      List<Integer> words = new ArrayList<>();
      List<float[]> scores = new ArrayList<>();
      for (int w = 0; w < example.tokens().size(); w = example.tokens().nextWord(w)) {
        float[] mean = new float[LABELS.size()];
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
      Set<SpanScore.Item> found = new LinkedHashSet<>();
      for (BioDecoder.Range range : decoder.decode(scores.toArray(new float[0][]))) {
        int start = example.tokens().start(words.get(range.from()));
        int last = example.tokens().nextWord(words.get(range.to() - 1)) - 1;
        covering(example.sentence(), range.type(), new Span(start, example.tokens().end(last)))
            .ifPresent(found::add);
      }
      score.add(truth(example.sentence()), found);
    }
    return score;
  }

  private static java.util.Optional<SpanScore.Item> covering(
      NerSentence sentence, String type, Span span) {
    int[] covered =
        IntStream.range(0, sentence.tokens().size())
            .filter(i -> sentence.tokens().get(i).overlaps(span))
            .toArray();
    return covered.length == 0
        ? java.util.Optional.empty()
        : java.util.Optional.of(
            new SpanScore.Item(type, covered[0], covered[covered.length - 1] + 1));
  }

  private static Set<SpanScore.Item> truth(NerSentence sentence) {
    Set<SpanScore.Item> items = new LinkedHashSet<>();
    List<String> labels = sentence.labels();
    for (int from = 0; from < labels.size(); from++) {
      if (labels.get(from).startsWith("B-")) {
        int to = from + 1;
        while (to < labels.size() && labels.get(to).startsWith("I-")) {
          to++;
        }
        items.add(new SpanScore.Item(labels.get(from).substring(2), from, to));
      }
    }
    return items;
  }

  private void write(HeadGraph head, String source, List<String> values, SpanScore score, long seed)
      throws IOException {
    Files.createDirectories(out);
    Files.write(out.resolve("head.onnx"), head.toOnnx());
    Map<String, Object> config = new LinkedHashMap<>();
    Map<String, String> id2label = new LinkedHashMap<>();
    for (int i = 0; i < LABELS.size(); i++) {
      id2label.put(String.valueOf(i), LABELS.get(i));
    }
    config.put("id2label", id2label);
    config.put("base_model", source);
    config.put("layers", values);
    Files.writeString(out.resolve("MODEL_CARD.md"), card(source, values, score, seed));
    Files.writeString(
        out.resolve("config.json"),
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(config) + "\n");
  }

  /** What a user of the head has to know: data, licence, way of training, scores. */
  private String card(String source, List<String> values, SpanScore score, long seed) {
    return """
    # Names in texts: head for %s (%s)

    Labels each token O, B- or I- with PER, ORG or LOC. To be appended to the encoder, which stays
    as it is; its inputs are the values %s, the attention mask and the shapes of the words.

    - Data: %s; licence %s.
    - Training: inner layer %d, at most %d epochs, learning rate %s, dropout %s and %s, weight decay
      %s, batches of %d tokens, seed %d; the epoch that is best on the development file.
    - Scores on %s (spans and types exact, on the annotated tokens): %s
    - Made by `scripts/train-ner`.
    """
        .formatted(
            source,
            language,
            values,
            train.stream().map(file -> file.getFileName().toString()).toList(),
            dataLicence,
            inner,
            epochs,
            rate,
            featureDropout,
            innerDropout,
            decay,
            batchTokens,
            seed,
            dev.getFileName(),
            score);
  }
}
