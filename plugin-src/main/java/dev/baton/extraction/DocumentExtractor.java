package dev.baton.extraction;

import dev.baton.extraction.values.ValueFinder;
import dev.baton.graph.GraphTerms;
import dev.baton.text.Language;
import dev.baton.text.Mention;
import dev.baton.text.SentenceSplitter;
import dev.baton.text.Span;
import dev.baton.text.TypedValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Turns what was read in a text into the terms of the graph. Pure, deterministic, bounded. */
public final class DocumentExtractor {

  /** Goes into the fingerprint: raise it whenever the same reading gives other terms. */
  public static final int VERSION = 3;

  /** Mentions of a document that are kept, the first ones. */
  public static final int MAX_MENTIONS = 10_000;

  /** Dates and quantities of a document that are kept, the first ones. */
  public static final int MAX_VALUES = 5_000;

  /** Entities of a sentence that are paired, the first ones. */
  public static final int MAX_ENTITIES_PER_SENTENCE = 12;

  /** Pairs of a document that are kept, the first ones. */
  public static final int MAX_COOCCURRENCES = 2_000;

  /** Longest surface in a names term, in UTF-16 units. */
  private static final int MAX_SURFACE = 256;

  private DocumentExtractor() {}

  /** The terms of one document whose mentions are linked by their names. O(text + mentions). */
  public static Extraction extract(SourceText text, Language language, List<Mention> read) {
    return extractLinked(text, language, read.stream().map(LinkedMention::byName).toList());
  }

  /** The terms of one document. O(text + mentions). */
  public static Extraction extractLinked(
      SourceText text, Language language, List<LinkedMention> read) {
    List<PlacedMention> mentions = new ArrayList<>();
    Set<String> entities = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    Set<String> dates = new LinkedHashSet<>();
    int values = 0;
    int dropped = 0;
    for (LinkedMention linked : read) {
      Mention mention = linked.mention();
      Optional<SourceText.Place> place = text.place(mention.span());
      if (place.isPresent() && mention.value().isPresent()) {
        if (values++ < MAX_VALUES) {
          mentions.add(new PlacedMention(place.get(), "", OptionalDouble.empty(), mention));
          date(mention).ifPresent(dates::add);
        }
        continue;
      }
      String id = linked.entity();
      if (id.isEmpty() || place.isEmpty()) {
        continue;
      }
      if (mentions.size() - Math.min(values, MAX_VALUES) == MAX_MENTIONS) {
        dropped++;
        continue;
      }
      mentions.add(new PlacedMention(place.get(), id, linked.confidence(), mention));
      entities.add(id);
      names.add(name(id, mention.type(), mention.surface()));
    }
    return new Extraction(
        entities, names, cooccurrences(text, language, mentions), dates, mentions, dropped);
  }

  private static Optional<String> date(Mention mention) {
    return mention
        .value()
        .map(TypedValue::value)
        .filter(v -> mention.type().equals(ValueFinder.DATE));
  }

  /** A names term; the surface is written on one line and cut where it is longer than any name. */
  public static String name(String id, String type, String surface) {
    String line = surface.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    if (line.length() > MAX_SURFACE) {
      boolean pair = Character.isHighSurrogate(line.charAt(MAX_SURFACE - 1));
      line = line.substring(0, pair ? MAX_SURFACE - 1 : MAX_SURFACE);
    }
    return GraphTerms.term(id, type(type), line);
  }

  /** A type as it stands in a term. */
  public static String type(String type) {
    return type.replaceAll("[\\s\\p{Cntrl}]+", "_");
  }

  private static Set<String> cooccurrences(
      SourceText text, Language language, List<PlacedMention> mentions) {
    Set<String> pairs = new LinkedHashSet<>();
    int next = 0;
    for (SourceText.Part part : text.parts()) {
      for (Span inPart : SentenceSplitter.split(part.value(), language)) {
        int end = part.start() + inPart.end();
        Set<String> together = new LinkedHashSet<>();
        for (; next < mentions.size() && start(mentions.get(next)) < end; next++) {
          boolean named = !mentions.get(next).entity().isEmpty();
          if (named && together.size() < MAX_ENTITIES_PER_SENTENCE) {
            together.add(mentions.get(next).entity());
          }
        }
        if (!addPairs(List.copyOf(together), pairs)) {
          return pairs;
        }
      }
    }
    return pairs;
  }

  private static int start(PlacedMention mention) {
    return mention.mention().span().start();
  }

  /** False once the bound is reached. */
  private static boolean addPairs(List<String> together, Set<String> pairs) {
    for (int i = 0; i < together.size(); i++) {
      for (int j = i + 1; j < together.size(); j++) {
        if (pairs.size() == MAX_COOCCURRENCES) {
          return false;
        }
        String a = together.get(i);
        String b = together.get(j);
        pairs.add(a.compareTo(b) < 0 ? GraphTerms.term(a, b) : GraphTerms.term(b, a));
      }
    }
    return true;
  }
}
