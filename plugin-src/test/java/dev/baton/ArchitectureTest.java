package dev.baton;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the import directions between the packages, and each third party behind its package. */
class ArchitectureTest {

  private static final String ROOT = "dev.baton";

  /** What each package may import of ours, besides itself. */
  private static final Map<String, List<String>> ALLOWED = new LinkedHashMap<>();

  static {
    ALLOWED.put("text", List.of());
    ALLOWED.put("config", List.of());
    ALLOWED.put("onnx", List.of("text"));
    ALLOWED.put("embedding", List.of("onnx", "text"));
    ALLOWED.put("graph", List.of("text"));
    ALLOWED.put("graph.tinker", List.of("graph", "text"));
    // A reader makes the embedding and the mentions in one pass, and says what its settings may be.
    ALLOWED.put(
        "extraction",
        List.of(
            "onnx",
            "text",
            "graph",
            "embedding",
            "config",
            "extraction.values",
            "extraction.relations"));
    ALLOWED.put("extraction.values", List.of("text"));
    ALLOWED.put("extraction.relations", List.of("text"));
    ALLOWED.put("reasoning", List.of("graph"));
    ALLOWED.put("reasoning.mining", List.of("reasoning", "graph"));
    // The words of the graph are made of those of the text, so who sees the one sees the other.
    ALLOWED.put("walk", List.of("graph", "text"));
    ALLOWED.put("fusion", List.of());
    ALLOWED.put("search", List.of("graph", "text", "walk", "fusion"));
    ALLOWED.put("answer", List.of("search", "graph", "embedding", "extraction"));
    ALLOWED.put("launcher", List.of("config"));
    ALLOWED.put("tool.curated", List.of("text"));
    ALLOWED.put(
        "solr",
        List.of(
            "text",
            "config",
            "onnx",
            "embedding",
            "graph",
            "graph.tinker",
            "extraction",
            "extraction.relations",
            "reasoning",
            "reasoning.mining",
            "walk",
            "fusion",
            "search",
            "answer"));
  }

  private static JavaClasses ours;

  @BeforeAll
  static void readClasses() {
    ours =
        new ClassFileImporter()
            // ArchUnit's own option knows only target/test-classes; a second JDK builds elsewhere.
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);
  }

  @TestFactory
  Stream<DynamicTest> packagesImportOnlyWhatTheyMay() {
    return ALLOWED.entrySet().stream()
        .map(rule ->
            DynamicTest.dynamicTest(
                rule.getKey() + " imports only " + rule.getValue(),
                () -> onlyImports(rule.getKey(), rule.getValue())));
  }

  @Test
  void everyPackageHasItsRule() {
    List<String> known = new ArrayList<>(ALLOWED.keySet().stream().map(p -> named(p)).toList());
    known.add(named("tool"));
    classes().should().resideInAnyPackage(known.toArray(String[]::new)).check(ours);
  }

  @Test
  void onnxRuntimeAndTokenizersStayInOnnx() {
    behind(List.of("onnx"), "ai.onnxruntime..", "ai.djl..");
  }

  @Test
  void theOnnxFormatStaysInOnnxAndTheTrainer() {
    behind(List.of("onnx", "tool"), "org.tribuo..");
  }

  @Test
  void expressionsOfLinearTimeStayWithTheRelations() {
    behind(List.of("extraction.relations"), "com.google.re2j..");
  }

  @Test
  void tinkerPopStaysInItsPackage() {
    behind(List.of("graph.tinker"), "org.apache.tinkerpop..");
  }

  @Test
  void solrStaysInSolrTheLauncherAndTheCommands() {
    behind(List.of("solr", "launcher", "tool"), "org.apache.solr..");
  }

  @Test
  void csvAndRdfStayWithTheImportedFiles() {
    behind(List.of("tool.curated"), "org.eclipse.rdf4j..", "org.apache.commons.csv..");
  }

  @Test
  void noFileIsNamedUtils() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleName("Util")
        .check(ours);
  }

  private static void onlyImports(String name, List<String> others) {
    List<String> allowed = new ArrayList<>(others.stream().map(o -> named(o)).toList());
    allowed.add(named(name));
    List<String> all = new ArrayList<>(ALLOWED.keySet().stream().map(p -> named(p)).toList());
    all.add(named("tool"));
    all.removeAll(allowed);
    noClasses()
        .that()
        .resideInAPackage(named(name))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(all.toArray(String[]::new))
        .allowEmptyShould(true)
        .check(ours);
  }

  private static void behind(List<String> packages, String... thirdParty) {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages.stream().map(p -> named(p)).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(thirdParty)
        .allowEmptyShould(true)
        .check(ours);
  }

  private static String named(String name) {
    return ROOT + "." + name;
  }
}
