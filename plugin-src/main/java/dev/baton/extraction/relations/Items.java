package dev.baton.extraction.relations;

import dev.baton.text.Span;
import java.util.BitSet;
import java.util.List;

/**
 * A sentence as patterns see it: each word and each mention is one character. Long sentences are
 * cut to {@value #MAX} items.
 */
final class Items {

  /** Items of a sentence that are looked at. */
  static final int MAX = 400;

  /** Longest apposition, in items with its commas. */
  private static final int MAX_APPOSITION = 16;

  private static final int NO_MENTION = -1;

  private final StringBuilder items = new StringBuilder();
  private final int[] starts = new int[MAX];
  private final int[] ends = new int[MAX];
  private final int[] mentions = new int[MAX];
  private final BitSet set = new BitSet();

  private Items() {}

  /**
   * The items of a sentence.
   *
   * @param mentions of the whole text, in order, none overlapping another
   */
  static Items of(
      String text, Span sentence, List<RelationMention> mentions, Vocabulary vocabulary) {
    Items result = new Items();
    int from = sentence.start();
    for (int i = firstFrom(mentions, sentence.start()); i < mentions.size(); i++) {
      Span span = mentions.get(i).span();
      if (span.end() > sentence.end()) {
        break;
      }
      result.words(text, from, span.start(), vocabulary);
      result.add(mentions.get(i).kind().item(), span.start(), span.end(), i);
      from = span.end();
    }
    result.words(text, from, sentence.end(), vocabulary);
    return result;
  }

  /** The same without what stands in round brackets; itself where there are none. */
  Items withoutBrackets(char open, char close) {
    if (!set.get(open) || !set.get(close)) {
      return this;
    }
    Items result = new Items();
    int depth = 0;
    for (int i = 0; i < items.length(); i++) {
      char item = items.charAt(i);
      if (item == open) {
        depth++;
      } else if (item == close && depth > 0) {
        depth--;
      } else if (depth == 0) {
        result.add(item, starts[i], ends[i], mentions[i]);
      }
    }
    return result;
  }

  /**
   * The same without what stands between two commas behind a name ("Keith Richards, the guitarist
   * of the band, was born"); itself where there is nothing such. Does not begin with a name, which
   * would be a list.
   */
  Items withoutAppositions(char comma) {
    if (!set.get(comma)) {
      return this;
    }
    Items result = new Items();
    int i = 0;
    while (i < items.length()) {
      result.add(items.charAt(i), starts[i], ends[i], mentions[i]);
      int end = isName(i) ? endOfApposition(i + 1, comma) : i + 1;
      i = end;
    }
    return result.items.length() == items.length() ? this : result;
  }

  private int endOfApposition(int from, char comma) {
    if (from + 1 >= items.length() || items.charAt(from) != comma || mentions[from + 1] >= 0) {
      return from;
    }
    for (int i = from + 1; i < Math.min(items.length() - 1, from + MAX_APPOSITION); i++) {
      if (items.charAt(i) == comma) {
        return i + 1;
      }
    }
    return from;
  }

  private boolean isName(int at) {
    return mentions[at] >= 0;
  }

  /** The items as a string. */
  String string() {
    return items.toString();
  }

  /** Which items there are. */
  BitSet set() {
    return set;
  }

  char item(int at) {
    return items.charAt(at);
  }

  /** The number of the mention that an item is, or less than 0. */
  int mention(int at) {
    return mentions[at];
  }

  /** What the items {@code [from, to)} cover of the text. */
  Span span(int from, int to) {
    return new Span(starts[from], ends[to - 1]);
  }

  private void words(String text, int from, int to, Vocabulary vocabulary) {
    if (from < to) {
      Words.cut(text, from, to, (word, s, e) -> add(vocabulary.item(word), s, e, NO_MENTION));
    }
  }

  private void add(char item, int start, int end, int mention) {
    int at = items.length();
    if (at < MAX) {
      items.append(item);
      starts[at] = start;
      ends[at] = end;
      mentions[at] = mention;
      set.set(item);
    }
  }

  private static int firstFrom(List<RelationMention> mentions, int start) {
    int low = 0;
    int high = mentions.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (mentions.get(middle).span().start() < start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
