package dev.baton.search;

import dev.baton.fusion.Blend;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.IndexSearcher;

/**
 * Chooses the passage of a hit that is shown: the one that words and vector together like best,
 * {@code lexical * coverage + vector * V}, with the weights of the {@link Blend}, {@link
 * WordCoverage} of its text and V its scaled cosine; of equals the nearer, then the earlier. The
 * score of the document is not touched: there its nearest passage counts.
 *
 * <p>A hit costs its stored field, the cosines of its passages, and the analysis of at most {@value
 * #PASSAGES} of them, the nearest: from there on none is looked at that could not win with all the
 * words. Without vectors there is no choice, since it would cost the analysis of the whole
 * document. Made for one query and one searcher; not thread-safe.
 */
public final class PassageChoice {

  /** How many of a document's passages are chosen among, the nearest. */
  public static final int PASSAGES = 32;

  /** No more of a passage is analyzed, in UTF-16 units: some ten times what a model reads. */
  private static final int MAX_CHARS = 20_000;

  /**
   * The passage of a document.
   *
   * @param coverage of the question's words in it, in [0, 1]; empty where words are off, ask for
   *     nothing in its field, or the field is not stored
   * @param text cut from the stored field; empty where that is not stored
   */
  public record Choice(
      NearPassage passage, Passages.Place place, OptionalDouble coverage, Optional<String> text) {}

  private final IndexSearcher searcher;
  private final BlendQuery query;
  private final Analyzer analyzer;
  private final Map<String, Optional<WordCoverage>> words = new HashMap<>();

  /**
   * @param query whose weights and words count
   * @param analyzer of the index, for every field of the words
   */
  public PassageChoice(IndexSearcher searcher, BlendQuery query, Analyzer analyzer) {
    this.searcher = searcher;
    this.query = query;
    this.analyzer = analyzer;
  }

  /** The passage to show; empty of a document without passages, or where vectors are off. */
  public Optional<Choice> of(int docId) throws IOException {
    Texts texts = new Texts(docId);
    Choice best = null;
    double bestWorth = Double.NEGATIVE_INFINITY;
    for (NearPassage passage : query.nearestPassages(searcher, docId, PASSAGES)) {
      double vectorWorth = query.vectorWorth(passage.cosine());
      if (best != null && vectorWorth + query.blend().lexical() <= bestWorth) {
        break;
      }
      Choice choice = choice(passage, texts);
      double worth = query.blend().lexical() * choice.coverage().orElse(0) + vectorWorth;
      if (worth > bestWorth) {
        best = choice;
        bestWorth = worth;
      }
    }
    return Optional.ofNullable(best);
  }

  private Choice choice(NearPassage passage, Texts texts) throws IOException {
    Passages.Place place = Passages.place(searcher.storedFields(), passage.docId());
    Optional<String> text = texts.at(place);
    Optional<WordCoverage> asked = words(place.field());
    OptionalDouble coverage =
        text.isEmpty() || asked.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(asked.get().in(beginning(text.get())));
    return new Choice(passage, place, coverage, text);
  }

  private Optional<WordCoverage> words(String field) throws IOException {
    Optional<WordCoverage> known = words.get(field);
    if (known == null) {
      Optional<LexicalChannel> channel =
          query.lexical().filter(lexical -> query.blend().lexical() > 0);
      known =
          channel.isEmpty()
              ? Optional.empty()
              : WordCoverage.of(searcher, analyzer, channel.get().query(), field);
      words.put(field, known);
    }
    return known;
  }

  private static String beginning(String text) {
    return text.substring(0, Math.min(text.length(), MAX_CHARS));
  }

  /** The stored texts of one document, each field read once. */
  private final class Texts {

    private final int docId;
    private final Map<String, List<String>> values = new HashMap<>();

    Texts(int docId) {
      this.docId = docId;
    }

    Optional<String> at(Passages.Place place) throws IOException {
      List<String> texts = values.get(place.field());
      if (texts == null) {
        Set<String> field = Set.of(place.field());
        texts = List.of(searcher.storedFields().document(docId, field).getValues(place.field()));
        values.put(place.field(), texts);
      }
      return texts.size() <= place.value()
          ? Optional.empty()
          : Optional.of(texts.get(place.value()).substring(place.start(), place.end()));
    }
  }
}
