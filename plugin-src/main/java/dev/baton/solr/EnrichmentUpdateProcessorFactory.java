package dev.baton.solr;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.baton.config.SettingsException;
import dev.baton.config.SettingsReader;
import dev.baton.extraction.DocumentRelations;
import dev.baton.extraction.ModelReaderFactory;
import dev.baton.extraction.TextReader;
import dev.baton.extraction.TextReaderFactory;
import dev.baton.extraction.relations.Relation;
import dev.baton.extraction.relations.RelationFileException;
import dev.baton.extraction.relations.RelationRules;
import dev.baton.onnx.ModelException;
import dev.baton.text.Language;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.CloseHook;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.schema.DenseVectorField;
import org.apache.solr.schema.FieldType;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;
import org.apache.solr.update.processor.UpdateRequestProcessor;
import org.apache.solr.update.processor.UpdateRequestProcessorFactory;
import org.apache.solr.util.plugin.SolrCoreAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads documents with models while they are indexed. Stands before the DistributedUpdateProcessor,
 * so that a document is read once, on the node that receives it. The settings are those of {@link
 * EnrichmentSettings} and of the readers; a core with a fault in them does not load.
 */
public class EnrichmentUpdateProcessorFactory extends UpdateRequestProcessorFactory
    implements SolrCoreAware {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  private final TextReaderFactory readerFactory;
  private EnrichmentSettings settings;
  private Map<Language, LanguageReaders> readers = Map.of();
  private DocumentEnricher enricher;
  private StoredDocuments storedDocuments;
  private Backlog backlog;
  private BackgroundReading pending;
  private volatile Set<String> relations = Set.of();
  private StaleDocuments staleDocuments;
  private BackgroundReading stale;

  /** With the models that the settings name. */
  public EnrichmentUpdateProcessorFactory() {
    this(new ModelReaderFactory());
  }

  /** With readers of another make. */
  protected EnrichmentUpdateProcessorFactory(TextReaderFactory readerFactory) {
    this.readerFactory = readerFactory;
  }

  @Override
  public void init(NamedList<?> args) {
    Map<String, Object> values = new LinkedHashMap<>();
    args.forEach((name, value) ->
        values.put(name, value instanceof NamedList<?> list ? list.asShallowMap() : value));
    Object classifiers = withSections(values.remove(EnrichmentSettings.CLASSIFIERS));
    SettingsReader reader = new SettingsReader("", values);
    settings = EnrichmentSettings.parse(reader, readerFactory.settingNames(), classifiers);
    Set<String> faults = new LinkedHashSet<>();
    note(faults, reader::finish);
    for (Language language : settings.languages()) {
      note(faults, () -> readerFactory.check(language, settings.reader()));
      previousSettings(language)
          .ifPresent(previous -> note(faults, () -> readerFactory.check(language, previous)));
    }
    if (!faults.isEmpty()) {
      throw refusal(faults);
    }
  }

  private static void note(Set<String> faults, Runnable check) {
    try {
      check.run();
    } catch (SettingsException e) {
      faults.addAll(e.faults());
    }
  }

  private static Object withSections(Object sections) {
    if (!(sections instanceof Map<?, ?> map)) {
      return sections;
    }
    Map<Object, Object> byName = new LinkedHashMap<>();
    map.forEach((name, section) ->
        byName.put(name, section instanceof NamedList<?> list ? list.asShallowMap() : section));
    return byName;
  }

  @Override
  public void inform(SolrCore core) {
    Map<Language, LanguageReaders> readers = new EnumMap<>(Language.class);
    Optional<RelationRules> rules;
    DocumentClassifiers classifiers = null;
    boolean opened = false;
    try {
      Set<String> faults = new LinkedHashSet<>();
      classifiers = DocumentClassifiers.open(settings.classifiers(), faults);
      rules = rules(core, faults);
      relations =
          rules
              .map(its -> its.relations().stream().map(Relation::name).collect(toUnmodifiableSet()))
              .orElse(Set.of());
      openReaders(readers, rules, classifiers, faults);
      faults.addAll(schemaFaults(core.getLatestSchema(), readers));
      faults.addAll(classifiers.schemaFaults(core.getLatestSchema(), taken()));
      if (core.getRequestHandler("/get") == null) {
        faults.add("the request handler /get is missing; it reads the stored documents");
      }
      if (core.getQueryPlugin(WithPassagesQParserPlugin.NAME) == null) {
        faults.add(
            "the query parser '%s' is missing; deletes by query need it: <queryParser name=\"%s\" class=\"%s\"/>"
                .formatted(
                    WithPassagesQParserPlugin.NAME,
                    WithPassagesQParserPlugin.NAME,
                    WithPassagesQParserPlugin.class.getName()));
      }
      if (!faults.isEmpty()) {
        throw refusal(faults);
      }
      opened = true;
    } finally {
      if (!opened) {
        close(readers, classifiers);
      }
    }
    this.readers = Map.copyOf(readers);
    CurrentKnowledge current = new CurrentKnowledge(core, this.readers);
    backlog = new Backlog(this.readers, current);
    EnrichmentMetrics metrics = new EnrichmentMetrics(core, backlog, current);
    enricher =
        new DocumentEnricher(
            settings,
            readers,
            current,
            rules,
            classifiers,
            metrics,
            core.getLatestSchema().getUniqueKeyField().getName());
    storedDocuments = new StoredDocuments(core);
    if (settings.pendingRetrySeconds() > 0) {
      pending =
          new BackgroundReading(
              core,
              this,
              settings,
              enricher,
              new PendingDocuments(core.getName(), settings, backlog, metrics));
    }
    if (settings.rereadDocumentsPerSecond() > 0) {
      staleDocuments = new StaleDocuments(core.getName(), settings, this.readers, backlog, metrics);
      stale = new BackgroundReading(core, this, settings, enricher, staleDocuments);
    }
    DocumentClassifiers toClose = classifiers;
    core.addCloseHook(
        new CloseHook() {
          @Override
          public void preClose(SolrCore closing) {
            Stream.of(pending, stale).filter(Objects::nonNull).forEach(BackgroundReading::close);
          }

          @Override
          public void postClose(SolrCore closed) {
            metrics.close();
            close(readers, toClose);
          }
        });
  }

  private static void close(
      Map<Language, LanguageReaders> readers, DocumentClassifiers classifiers) {
    readers.values().forEach(LanguageReaders::close);
    if (classifiers != null) {
      classifiers.close();
    }
  }

  /** Fields that no classifier may write. */
  private Set<String> taken() {
    Set<String> taken = new HashSet<>(EnrichmentFields.written());
    taken.addAll(PartialUpdate.inputs(settings.sourceFields()));
    return taken;
  }

  /** The enrichment of a core's default update chain. */
  static Optional<EnrichmentUpdateProcessorFactory> of(SolrCore core) {
    return core.getUpdateProcessingChain(null).getProcessors().stream()
        .filter(EnrichmentUpdateProcessorFactory.class::isInstance)
        .map(EnrichmentUpdateProcessorFactory.class::cast)
        .findFirst();
  }

  /** The open readers by language; empty before the core is known. */
  Map<Language, LanguageReaders> readers() {
    return readers;
  }

  /** What there is still to do; null before the core is known. */
  Backlog backlog() {
    return backlog;
  }

  /** What reads pending documents again; null where that is switched off. */
  BackgroundReading pending() {
    return pending;
  }

  /** What reads stale documents again; null where that is switched off. */
  BackgroundReading stale() {
    return stale;
  }

  /** How the reading of stale documents goes; empty where there is none. */
  Optional<StaleDocuments.Progress> progress() {
    return Optional.ofNullable(staleDocuments).map(StaleDocuments::progress);
  }

  @Override
  public UpdateRequestProcessor getInstance(
      SolrQueryRequest request, SolrQueryResponse response, UpdateRequestProcessor next) {
    return new EnrichmentUpdateProcessor(settings, enricher, storedDocuments, request, next);
  }

  /** The relations between entities that are looked for in texts. */
  Set<String> relations() {
    return relations;
  }

  private Optional<Map<String, String>> previousSettings(Language language) {
    return settings
        .vectors()
        .get(language)
        .previous()
        .map(previous ->
            previous.readerSettings(language, settings.reader(), readerFactory.settingNames()));
  }

  private Optional<RelationRules> rules(SolrCore core, Set<String> faults) {
    return settings
        .relations()
        .flatMap(file -> {
          try (InputStream in = core.getResourceLoader().openResource(file)) {
            String content = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(RelationRules.parse(file, content));
          } catch (IOException e) {
            faults.add("relations=" + file + " cannot be read: " + e.getMessage());
          } catch (RelationFileException e) {
            faults.addAll(e.faults());
          }
          return Optional.empty();
        });
  }

  private void openReaders(
      Map<Language, LanguageReaders> readers,
      Optional<RelationRules> rules,
      DocumentClassifiers classifiers,
      Set<String> faults) {
    String relations =
        rules.map(its -> "relations-" + DocumentRelations.VERSION + "-" + its.digest()).orElse("");
    for (Language language : settings.languages()) {
      VectorSettings vectors = settings.vectors().get(language);
      Optional<TextReader> current = open(language, settings.reader(), faults);
      Optional<TextReader> previous =
          previousSettings(language).flatMap(old -> open(language, old, faults));
      if (current.isPresent()) {
        readers.put(
            language,
            new LanguageReaders(
                new VectorSpace(vectors.field(), current.get()),
                previous.map(old -> new VectorSpace(vectors.previous().orElseThrow().field(), old)),
                relations,
                classifiers.identity(language)));
      } else {
        previous.ifPresent(TextReader::close);
      }
    }
  }

  private Optional<TextReader> open(
      Language language, Map<String, String> reader, Set<String> faults) {
    try {
      return Optional.of(readerFactory.open(language, reader));
    } catch (SettingsException e) {
      faults.addAll(e.faults());
    } catch (ModelException e) {
      log.error("The reader of {} cannot be opened", language, e);
      faults.add(e.getMessage());
    }
    return Optional.empty();
  }

  private Set<String> schemaFaults(IndexSchema schema, Map<Language, LanguageReaders> readers) {
    Set<String> faults = new LinkedHashSet<>();
    Set<String> needed = new LinkedHashSet<>(EnrichmentFields.written());
    needed.addAll(settings.sourceFields());
    needed.addAll(List.of(EnrichmentFields.LANG, EnrichmentFields.KIND));
    readers.values().stream()
        .flatMap(its -> its.spaces().stream())
        .forEach(space -> needed.add(space.field()));
    needed.addAll(PassageDocuments.fields());
    needed.addAll(List.of(IndexSchema.ROOT_FIELD_NAME, IndexSchema.NEST_PATH_FIELD_NAME));
    for (String field : needed) {
      if (schema.getFieldOrNull(field) == null) {
        faults.add("the schema has no field '" + field + "'");
      }
    }
    if (schema.getUniqueKeyField() == null) {
      faults.add("the schema has no uniqueKey");
    }
    readers.values().stream()
        .flatMap(its -> its.spaces().stream())
        .forEach(space -> {
          SchemaField field = schema.getFieldOrNull(space.field());
          if (field != null) {
            dimensionFault(field, space.reader(), faults);
          }
        });
    return faults;
  }

  private static void dimensionFault(SchemaField field, TextReader reader, Set<String> faults) {
    FieldType type = field.getType();
    if (!(type instanceof DenseVectorField vectors)) {
      faults.add("Field '" + field.getName() + "' must be a DenseVectorField, is: " + type);
      return;
    }
    if (vectors.getDimension() != reader.dimension()) {
      faults.add(
          "Field '"
              + field.getName()
              + "' has dimension "
              + vectors.getDimension()
              + ", model '"
              + reader.model()
              + "' makes "
              + reader.dimension());
    }
    if (!field.stored()) {
      faults.add(
          "Field '" + field.getName() + "' must be stored, so that updates keep its vectors");
    }
  }

  private static SolrException refusal(Set<String> faults) {
    return new SolrException(
        SolrException.ErrorCode.SERVER_ERROR, "Enrichment: " + String.join("; ", faults));
  }
}
