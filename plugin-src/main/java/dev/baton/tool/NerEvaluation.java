package dev.baton.tool;

import dev.baton.extraction.Reading;
import dev.baton.extraction.TextReader;
import dev.baton.onnx.ModelException;
import dev.baton.text.Mention;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Scores what a reader finds in annotated sentences as seqeval does: a name is right if its type
 * and its range of annotated tokens are. Each sentence is read as a text of its own. Types that the
 * map does not name, such as the titles that the rules find, count on neither side.
 */
final class NerEvaluation {

  /** Sentences that are read at once. */
  private static final int AHEAD = 128;

  private final TextReader reader;
  private final LabelMap types;

  NerEvaluation(TextReader reader, LabelMap types) {
    this.reader = reader;
    this.types = types;
  }

  /**
   * Reads and scores.
   *
   * @throws ModelException if the model fails on a sentence
   */
  SpanScore score(List<NerSentence> sentences, Progress progress) {
    SpanScore score = new SpanScore();
    Queue<CompletableFuture<Reading>> readings = new ArrayDeque<>();
    int begun = 0;
    for (NerSentence sentence : sentences) {
      while (begun < sentences.size() && readings.size() < AHEAD) {
        readings.add(reader.read(sentences.get(begun++).text()));
      }
      score.add(sentence.names(), sentence.names(counted(await(readings.remove()))));
      progress.add(1);
    }
    return score;
  }

  private static Reading await(CompletableFuture<Reading> reading) {
    try {
      return reading.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ModelException fault ? fault : e;
    }
  }

  private List<Mention> counted(Reading reading) {
    List<Mention> mentions = new ArrayList<>();
    for (Mention mention : reading.mentions()) {
      types
          .type(mention.type())
          .map(type -> new Mention(type, mention.span(), mention.surface(), mention.confidence()))
          .ifPresent(mentions::add);
    }
    return mentions;
  }
}
