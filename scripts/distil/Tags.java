import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.hankcs.hanlp.HanLP;
import com.hankcs.hanlp.seg.Segment;
import com.hankcs.hanlp.seg.common.Term;
import edu.stanford.nlp.ie.crf.CRFClassifier;
import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.process.CoreLabelTokenFactory;
import edu.stanford.nlp.process.PTBTokenizer;
import edu.stanford.nlp.tagger.maxent.MaxentTagger;
import java.io.StringReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What other programs say of each token that DistilTokens wrote, for the teachers of distil-ner:
 * Stanford CoreNLP (words, parts of speech, names) and, in Chinese, HanLP portable (words, parts of
 * speech). Arguments: zh or en, then names of sets: reads NAME.tokens, writes NAME.tags.
 */
public final class Tags {

  private static final String MODELS = "edu/stanford/nlp/models/";

  private Tags() {}

  public static void main(String[] a) throws Exception {
    boolean zh = a[0].equals("zh");
    CRFClassifier<CoreLabel> words = zh ? segmenter() : null;
    List<CRFClassifier<CoreLabel>> names = new ArrayList<>();
    for (String model :
        zh
            ? List.of("chinese.misc.distsim")
            : List.of("english.all.3class.distsim", "english.conll.4class.distsim", "english.muc.7class.distsim")) {
      names.add(CRFClassifier.getClassifier(MODELS + "ner/" + model + ".crf.ser.gz"));
    }
    MaxentTagger speech =
        new MaxentTagger(
            MODELS + "pos-tagger/" + (zh ? "chinese-distsim" : "english-left3words-distsim") + ".tagger");
    Segment hanlp =
        zh ? HanLP.newSegment().enableAllNamedEntityRecognize(true).enableOffset(true) : null;
    for (int f = 1; f < a.length; f++) {
      try (Writer out = Files.newBufferedWriter(Path.of(a[f] + ".tags"))) {
        for (String line : Files.readAllLines(Path.of(a[f] + ".tokens"))) {
          JsonObject sentence = JsonParser.parseString(line).getAsJsonObject();
          String text = sentence.get("text").getAsString();
          Map<String, String[]> tags = new LinkedHashMap<>();
          stanford(text, zh ? segmented(words, text) : tokenized(text), names, speech, tags);
          if (zh) {
            hanlp(text, hanlp, tags);
          }
          Map<String, List<String>> byToken = new LinkedHashMap<>();
          tags.forEach((tagger, chars) -> byToken.put(tagger, byToken(chars, sentence)));
          out.write(new Gson().toJson(byToken) + "\n");
        }
      }
    }
  }

  /** The tag of a token is that of its first character; special tokens have none. */
  private static List<String> byToken(String[] chars, JsonObject sentence) {
    List<String> tags = new ArrayList<>(List.of("_"));
    JsonArray starts = sentence.getAsJsonArray("starts");
    for (JsonElement start : starts) {
      tags.add(chars[start.getAsInt()]);
    }
    tags.add("_");
    return tags;
  }

  private static CRFClassifier<CoreLabel> segmenter() {
    Properties p = new Properties();
    p.setProperty("sighanCorporaDict", MODELS + "segmenter/chinese");
    p.setProperty("serDictionary", MODELS + "segmenter/chinese/dict-chris6.ser.gz");
    p.setProperty("inputEncoding", "UTF-8");
    p.setProperty("sighanPostProcessing", "true");
    CRFClassifier<CoreLabel> segmenter = new CRFClassifier<>(p);
    segmenter.loadClassifierNoExceptions(MODELS + "segmenter/chinese/ctb.gz", p);
    return segmenter;
  }

  /** Words in their places; where the segmenter changed a character, the next place is taken. */
  private static List<CoreLabel> segmented(CRFClassifier<CoreLabel> segmenter, String text) {
    List<CoreLabel> words = new ArrayList<>();
    int at = 0;
    for (String word : segmenter.segmentString(text)) {
      int start = text.indexOf(word, at);
      if (start < 0 || start > at + 4) {
        start = at;
      }
      int end = Math.min(text.length(), start + word.length());
      if (end > start) {
        words.add(word(text, start, end));
        at = end;
      }
    }
    return words;
  }

  private static List<CoreLabel> tokenized(String text) {
    return new PTBTokenizer<>(new StringReader(text), new CoreLabelTokenFactory(), "ptb3Escaping=false")
        .tokenize();
  }

  private static CoreLabel word(String text, int start, int end) {
    CoreLabel word = new CoreLabel();
    word.setWord(text.substring(start, end));
    word.setValue(word.word());
    word.setBeginPosition(start);
    word.setEndPosition(end);
    return word;
  }

  private static void stanford(
      String text,
      List<CoreLabel> words,
      List<CRFClassifier<CoreLabel>> names,
      MaxentTagger speech,
      Map<String, String[]> tags) {
    speech.tagCoreLabels(words);
    String[] parts = none(text);
    String[] places = none(text);
    for (CoreLabel word : words) {
      put(parts, places, word.beginPosition(), word.endPosition(), word.tag());
    }
    tags.put("speech", parts);
    tags.put("word", places);
    for (int n = 0; n < names.size(); n++) {
      List<CoreLabel> plain = new ArrayList<>();
      words.forEach(w -> plain.add(word(text, w.beginPosition(), w.endPosition())));
      String[] types = none(text);
      String before = "O";
      for (CoreLabel word : plain.isEmpty() ? plain : names.get(n).classifySentence(plain)) {
        String type = word.get(CoreAnnotations.AnswerAnnotation.class);
        for (int i = word.beginPosition(); i < word.endPosition(); i++) {
          boolean begins = i == word.beginPosition() && !type.equals(before);
          types[i] = type.equals("O") ? "O" : (begins ? "B-" : "I-") + type;
        }
        before = type;
      }
      tags.put("names" + n, types);
    }
  }

  private static void hanlp(String text, Segment segment, Map<String, String[]> tags) {
    String[] parts = none(text);
    String[] places = none(text);
    for (Term term : segment.seg(text)) {
      put(parts, places, term.offset, term.offset + term.length(), term.nature.toString());
    }
    tags.put("hanlp-speech", parts);
    tags.put("hanlp-word", places);
  }

  private static void put(String[] parts, String[] places, int start, int end, String part) {
    for (int i = start; i < end; i++) {
      parts[i] = part;
      places[i] = end - start == 1 ? "S" : i == start ? "B" : i == end - 1 ? "E" : "M";
    }
  }

  private static String[] none(String text) {
    String[] tags = new String[text.length()];
    Arrays.fill(tags, "_");
    return tags;
  }
}
