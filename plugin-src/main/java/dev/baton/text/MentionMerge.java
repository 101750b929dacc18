package dev.baton.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Joins the mentions of several finders so that none overlaps another. */
public final class MentionMerge {

  private MentionMerge() {}

  /**
   * All mentions of the first list, and those of the second that overlap none of them, in order of
   * their spans. O(n log n). Neither list has overlaps within.
   */
  public static List<Mention> prefer(List<Mention> first, List<Mention> second) {
    TreeMap<Integer, Mention> kept = new TreeMap<>();
    first.forEach(mention -> kept.put(mention.span().start(), mention));
    List<Mention> all = new ArrayList<>(first);
    for (Mention mention : second) {
      var before = kept.lowerEntry(mention.span().end());
      if (before == null || before.getValue().span().end() <= mention.span().start()) {
        all.add(mention);
      }
    }
    all.sort(Comparator.comparingInt(mention -> mention.span().start()));
    return all;
  }

  /**
   * The titles but those that lie wholly in a mention of the other list, which knows a better type.
   */
  public static List<Mention> withoutCovered(List<Mention> titles, List<Mention> names) {
    TreeMap<Integer, Mention> starts = new TreeMap<>();
    names.forEach(name -> starts.put(name.span().start(), name));
    return titles.stream()
        .filter(title -> {
          var before = starts.floorEntry(title.span().start());
          return before == null || !before.getValue().span().contains(title.span());
        })
        .toList();
  }
}
