package dev.baton.tool;

import dev.baton.extraction.ReaderSettings;
import dev.baton.onnx.Device;
import dev.baton.onnx.GraphWithHead;
import dev.baton.onnx.ModelFiles;
import dev.baton.onnx.ModelSource;
import dev.baton.onnx.OnnxGraph;
import dev.baton.onnx.Session;
import dev.baton.onnx.Tokenizer;
import dev.baton.onnx.Tokens;
import dev.baton.text.Language;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The default model of each language with its head: tokenizer and ONNX session, called directly by
 * the caller's thread, nothing around them. Long texts are read in windows as wide as the plugin's,
 * cut without regard to sentences. Thread-safe.
 */
final class RawModels implements AutoCloseable {

  private record RawModel(ReaderSettings settings, Tokenizer tokenizer, Session session) {}

  private final Map<Language, RawModel> models = new EnumMap<>(Language.class);

  /** Loads both languages. */
  RawModels() {
    for (Language language : Language.values()) {
      models.put(language, load(language));
    }
  }

  private static RawModel load(Language language) {
    ReaderSettings settings = ReaderSettings.defaults(language);
    ModelFiles encoder = ModelSource.of("model", settings.model()).load();
    ModelFiles head =
        ModelSource.of("head", "classpath:dev/baton/extraction/heads/" + language.code() + "/")
            .loadHead();
    byte[] graph =
        GraphWithHead.join(
            OnnxGraph.parse(encoder.name(), encoder.graph()),
            OnnxGraph.parse(head.name(), head.graph()));
    return new RawModel(
        settings,
        new Tokenizer(encoder.name(), encoder.tokenizer()),
        new Session(encoder.name(), graph, Optional.empty(), Device.choose(settings.device())));
  }

  /** Reads a text and throws the outcome away. */
  void read(String text) {
    RawModel model = models.get(Language.detect(text));
    ReaderSettings settings = model.settings();
    Tokens tokens = model.tokenizer().encode(text, settings.maxTokens());
    int from = 0;
    while (from < tokens.size()) {
      int to = Math.min(tokens.size(), from + settings.windowTokens());
      model.session().run(List.of(model.tokenizer().window(tokens, from, to)));
      from = to == tokens.size() ? to : to - settings.overlapTokens();
    }
  }

  @Override
  public void close() {
    for (RawModel model : models.values()) {
      model.session().close();
      model.tokenizer().close();
    }
  }
}
