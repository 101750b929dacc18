package dev.baton.tool;

import java.util.List;

/**
 * A query of the tour.
 *
 * @param text what is asked
 * @param point what it is to show
 */
record DemoQuery(String text, String point) {

  /** The tour through {@code test-collections/library}. */
  static final List<DemoQuery> TOUR =
      List.of(
          new DemoQuery("杨绛 自学西班牙语 翻译", "plain keywords: the words themselves are in the text"),
          new DemoQuery("周树人在日本学医的学校", "an alias: 周树人 is 鲁迅, who has the documents"),
          new DemoQuery(
              "female researcher robbed of recognition for the shape of the genetic molecule",
              "a paraphrase: hardly a word is shared, the meaning is"),
          new DemoQuery(
              "《边城》的作者出生在哪里", "two documents: the book names its author, his page has the answer"),
          new DemoQuery(
              "In which city was the author of Dubliners born", "two documents, in English"),
          new DemoQuery(
              "Eric Blair police service in Burma",
              "an alias in English: the pen name has the page"));
}
