package dev.baton.tool;

import com.google.gson.GsonBuilder;
import dev.baton.extraction.ReaderSettings;
import dev.baton.text.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What is trained on what: the options that the trainings over a frozen encoder share. */
final class TrainingOptions {

  /** Tokens of a text that the encoder sees at most, the special ones not counted. */
  static final int MAX_TOKENS = 510;

  @Option(names = "--model", description = "the encoder; default: that of the language")
  private String model;

  @Option(
      names = "--train",
      required = true,
      arity = "1..*",
      description = "annotated files to learn from")
  private List<Path> train;

  @Option(
      names = "--dev",
      required = true,
      description = "annotated file to choose and to score by")
  private Path dev;

  @Option(names = "--out", required = true, description = "folder for what is made")
  private Path out;

  @Option(
      names = "--data-licence",
      defaultValue = "not stated",
      description = "of the training files, for the model card")
  private String dataLicence;

  /** Where the encoder comes from. */
  String model(Language language) {
    return model != null ? model : ReaderSettings.defaults(language).model();
  }

  List<Path> train() {
    return train;
  }

  /** The names of the training files, without their folders. */
  List<String> trainNames() {
    return train.stream().map(file -> file.getFileName().toString()).toList();
  }

  Path dev() {
    return dev;
  }

  Path out() {
    return out;
  }

  String dataLicence() {
    return dataLicence;
  }

  /** The entry {@code id2label} of a configuration. */
  static Map<String, String> numbered(List<String> labels) {
    Map<String, String> numbered = new LinkedHashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      numbered.put(String.valueOf(i), labels.get(i));
    }
    return numbered;
  }

  /** Writes what describes the model: config.json and MODEL_CARD.md. */
  void describe(Map<String, Object> config, String card) throws IOException {
    Files.writeString(
        out.resolve("config.json"),
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(config) + "\n");
    Files.writeString(out.resolve("MODEL_CARD.md"), card);
  }
}
