package dev.baton.solr;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.solr.common.SolrInputDocument;

/**
 * A random collection in which much is equal, ambiguous or an alias of an alias: stories about
 * people who name each other, some twice the same, some long, some in Chinese, and curated people
 * whose aliases lead to each other and into the other language.
 */
final class RandomCollection {

  private static final List<String> SYLLABLES =
      List.of("bo", "ris", "an", "na", "mar", "tin", "el", "sa", "vik", "tor", "li", "dor");
  private static final List<String> WORDS =
      List.of(
          "whale", "sea", "captain", "bread", "salt", "north", "letter", "winter", "harbour",
          "storm", "island", "rope", "lamp", "song", "the", "and", "wrote", "met");
  private static final List<String> CHARACTERS = List.of("王", "李", "明", "海", "山", "文", "华", "林");
  private static final List<String> CHINESE_WORDS = List.of("大海", "船长", "写了", "一封信", "冬天", "的");
  private static final List<String> TOPICS = List.of("ships", "food", "weather");

  private final Random random;
  private final List<String> people = new ArrayList<>();
  private final List<String> aliases = new ArrayList<>();
  private final List<String> chinese = new ArrayList<>();

  RandomCollection(long seed) {
    this.random = new Random(seed);
    while (people.size() < 40) {
      String name = name();
      if (!people.contains(name)) {
        people.add(name);
      }
    }
    for (int i = 0; i < 20; i++) {
      aliases.add(name() + " " + name());
      chinese.add(pick(CHARACTERS) + pick(CHARACTERS) + pick(CHARACTERS));
    }
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      name.append(pick(SYLLABLES));
    }
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String sentence() {
    StringBuilder sentence = new StringBuilder();
    for (int i = 4 + random.nextInt(8); i > 0; i--) {
      String word =
          switch (random.nextInt(8)) {
            case 0 -> pick(people);
            case 1 -> pick(aliases);
            default -> pick(WORDS);
          };
      sentence.append(word).append(' ');
    }
    return sentence.append(". ").toString();
  }

  private String chineseSentence() {
    StringBuilder sentence = new StringBuilder();
    for (int i = 3 + random.nextInt(6); i > 0; i--) {
      sentence.append(random.nextInt(3) == 0 ? pick(chinese) : pick(CHINESE_WORDS));
    }
    return sentence.append("。").toString();
  }

  /** A question: words, and as a rule names. */
  String question() {
    String question = pick(WORDS) + " " + pick(WORDS);
    return switch (random.nextInt(4)) {
      case 0 -> question;
      case 1 -> "Who is " + pick(aliases) + " of the " + question + "?";
      default -> "What did " + pick(people) + " say about " + question + "?";
    };
  }

  /** A question about two names in Chinese. */
  String chineseQuestion() {
    return pick(chinese) + "和" + pick(chinese) + "写了什么？";
  }

  /** The documents in an order that does not depend on their ids. */
  List<SolrInputDocument> documents(int count) {
    List<SolrInputDocument> documents = new ArrayList<>();
    String body = "";
    for (int i = 0; i < count; i++) {
      boolean sameAgain = i % 7 > 4;
      if (!sameAgain) {
        body =
            i % 7 == 2
                ? chineseSentence() + chineseSentence()
                : sentence() + sentence() + (i % 20 == 3 ? sentence().repeat(40) : sentence());
      }
      SolrInputDocument document = new SolrInputDocument();
      document.setField("id", "d" + random.nextInt(1_000_000) + "x" + i);
      document.setField("title", sameAgain ? "Story" : pick(people));
      document.setField("body", body);
      document.setField("year", 1990 + random.nextInt(10));
      document.setField("tags", pick(TOPICS));
      documents.add(document);
    }
    for (int i = 0; i < aliases.size(); i++) {
      SolrInputDocument curated = new SolrInputDocument();
      curated.setField("id", "c" + random.nextInt(1_000_000) + "x" + i);
      curated.setField("kind", "entity");
      curated.setField("name", pick(people));
      // some name an alias that another document gives an alias of its own
      curated.setField("aliases", List.of(aliases.get(i), pick(aliases), pick(chinese)));
      curated.setField("description", sentence());
      curated.setField("tags", pick(TOPICS));
      documents.add(curated);
    }
    for (int i = 0; i < 6; i++) {
      SolrInputDocument curated = new SolrInputDocument();
      curated.setField("id", "e" + random.nextInt(1_000_000) + "x" + i);
      curated.setField("kind", "entity");
      curated.setField("name", pick(aliases));
      curated.setField("aliases", List.of(name() + " " + name(), pick(people)));
      curated.setField("tags", pick(TOPICS));
      documents.add(curated);
    }
    return documents;
  }
}
