package dev.baton.tool;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.baton.onnx.ModelSource;
import dev.baton.onnx.Tokenizer;
import dev.baton.onnx.Tokens;
import dev.baton.onnx.Window;
import dev.baton.text.Language;
import dev.baton.text.SentenceSplitter;
import dev.baton.text.Span;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes sentences as the encoder sees them, for the Python side of distil-ner: text, ids, shapes
 * and starts of the tokens, the words as [first token, token behind, start, end] with tokens counted
 * from the first that is not special, and the label of each token; "" for special tokens and where
 * nobody annotated. Arguments: zh or en, the file to write, an annotated file or a BEIR corpus.jsonl.
 */
final class DistilTokens {

  private DistilTokens() {}

  public static void main(String[] a) throws Exception {
    Language language = Language.of(a[0]);
    String source = "classpath:bge-small-" + (a[0].equals("zh") ? "zh-v1.5" : "en-v1.5-q");
    List<NerSentence> sentences = new ArrayList<>();
    boolean annotated = !a[2].endsWith("corpus.jsonl");
    if (annotated) {
      sentences.addAll(NerFile.read(Path.of(a[2]), language, LabelMap.standard()));
    } else {
      for (String line : Files.readAllLines(Path.of(a[2]))) {
        JsonObject document = JsonParser.parseString(line).getAsJsonObject();
        String text = document.get("text").getAsString();
        for (Span span : SentenceSplitter.split(text, language)) {
          String sentence = span.of(text).strip();
          if (sentence.length() >= 4) {
            sentences.add(new NerSentence(sentence, List.of(), List.of()));
          }
        }
      }
    }
    Gson gson = new Gson();
    try (Tokenizer tokenizer =
            new Tokenizer(source, ModelSource.of("model", source).load().tokenizer());
        Writer out = Files.newBufferedWriter(Path.of(a[1]))) {
      for (NerSentence sentence : sentences) {
        Tokens tokens = tokenizer.encode(sentence.text(), 510);
        Window window = tokenizer.window(tokens, 0, tokens.size());
        String[] labels = new String[window.length()];
        java.util.Arrays.fill(labels, "");
        List<Integer> starts = new ArrayList<>();
        List<List<Integer>> words = new ArrayList<>();
        for (int word = 0; word < tokens.size(); word = tokens.nextWord(word)) {
          int behind = tokens.nextWord(word);
          words.add(List.of(word, behind, tokens.start(word), tokens.end(behind - 1)));
          for (int t = word; t < behind; t++) {
            labels[t + tokenizer.specialTokensBefore()] =
                annotated ? sentence.labelAt(tokens.start(word)) : "";
            starts.add(tokens.start(t));
          }
        }
        out.write(
            gson.toJson(
                Map.of(
                    "text", sentence.text(),
                    "ids", window.ids(),
                    "shapes", window.shapes(),
                    "starts", starts,
                    "words", words,
                    "labels", labels)));
        out.write("\n");
      }
    }
  }
}
