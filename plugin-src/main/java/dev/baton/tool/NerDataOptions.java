package dev.baton.tool;

import dev.baton.text.Language;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How annotated files are read: the options that training and evaluation share. */
final class NerDataOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private LanguageOption language;

  @Option(
      names = "--map",
      description =
          "FROM=TO[,FROM=TO...] or a file with lines FROM TO: types of the files by what they are"
              + " here; O drops one, *=* keeps those that are not named; may be repeated")
  private List<String> map = new ArrayList<>();

  /** The language of the files. */
  Language language() {
    return language.language();
  }

  /** What the types are called here. */
  LabelMap labels() throws IOException {
    try {
      return LabelMap.of(map);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /** The sentences of a file, at least one. */
  List<NerSentence> read(Path file) throws IOException {
    List<NerSentence> sentences = NerFile.read(file, language(), labels());
    if (sentences.isEmpty()) {
      throw new IOException(file + " has no annotated sentence");
    }
    return sentences;
  }
}
