"""Calls that read a file or build something large from one, and objects of S3 that are fetched whole.

Source: the Python 3.14 library reference and the documentation of the packages named; as of 2026-11.
"""

from __future__ import annotations

from dataclasses import dataclass

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html"


@dataclass(frozen=True, slots=True)
class Load:
    """What a call makes, and of what."""

    what: str
    """In words, with the verb."""
    keyword: str | None
    """The first parameter, which names the file or is the source; None if the object itself does."""


FILE = "reads the file"
TABLE = "reads the table"
MODEL = "loads the model"
TEMPLATE = "compiles the template"

_BY_KIND: tuple[tuple[str, str, str], ...] = (
    (FILE, "file", "builtins.open io.open io.FileIO"),
    (FILE, "filename", "bz2.open codecs.open gzip.open lzma.open"),
    (FILE, "path", "dotenv.dotenv_values os.open"),
    (FILE, "filenames", "configparser.ConfigParser().read configparser.RawConfigParser().read"),
    (FILE, "source", "lxml.etree.parse xml.etree.ElementTree.parse xml.etree.cElementTree.parse"),
    (FILE, "package", "importlib.resources.read_binary importlib.resources.read_text pkgutil.get_data"),
    (FILE, "fp", "PIL.Image.open"),
    (FILE, "font", "PIL.ImageFont.truetype"),
    (FILE, "fileish", "geoip2.database.Reader"),
    (FILE, "database", "maxminddb.open_database"),
    (
        TABLE,
        "filepath_or_buffer",
        """
        pandas.read_csv pandas.read_fwf pandas.read_pickle pandas.read_table
        """,
    ),
    (TABLE, "path", "geopandas.read_file pandas.read_feather pandas.read_parquet"),
    (TABLE, "io", "pandas.read_excel"),
    (TABLE, "path_or_buf", "pandas.read_json"),
    (TABLE, "source", "polars.read_csv polars.read_json polars.read_parquet pyarrow.parquet.read_table"),
    (TABLE, "file", "numpy.load"),
    (TABLE, "fname", "numpy.genfromtxt numpy.loadtxt"),
    (MODEL, "filename", "joblib.load sklearn.externals.joblib.load"),
    (MODEL, "f", "torch.jit.load torch.load"),
    (MODEL, "path_or_bytes", "onnxruntime.InferenceSession"),
    (MODEL, "model_path", "tensorflow.lite.Interpreter tflite_runtime.interpreter.Interpreter"),
    (MODEL, "export_dir", "tensorflow.saved_model.load"),
    (
        MODEL,
        "filepath",
        """
        keras.models.load_model keras.saving.load_model tensorflow.keras.models.load_model
        """,
    ),
    (MODEL, "name", "spacy.load"),
    (MODEL, "model_uri", "mlflow.pyfunc.load_model mlflow.sklearn.load_model"),
    (MODEL, "path", "fasttext.load_model"),
    (MODEL, "fname", "gensim.models.KeyedVectors.load gensim.models.Word2Vec.load"),
    (MODEL, "fname", "xgboost.Booster().load_model xgboost.XGBClassifier().load_model"),
    (MODEL, "fname", "xgboost.XGBRegressor().load_model catboost.CatBoostClassifier().load_model"),
    (MODEL, "model_file", "lightgbm.Booster"),
    (MODEL, "model_name_or_path", "sentence_transformers.SentenceTransformer"),
    (MODEL, "task", "transformers.pipeline"),
    (
        MODEL,
        "pretrained_model_name_or_path",
        """
        transformers.AutoModel.from_pretrained transformers.AutoModelForCausalLM.from_pretrained
        transformers.AutoModelForSequenceClassification.from_pretrained
        transformers.AutoModelForTokenClassification.from_pretrained
        transformers.AutoTokenizer.from_pretrained transformers.BertTokenizer.from_pretrained
        """,
    ),
    (MODEL, "filename", "cv2.CascadeClassifier cv2.dnn.readNet"),
    (TEMPLATE, "source", "jinja2.Template"),
    ("compiles the schema", "definition", "fastjsonschema.compile"),
)

LOADS: dict[str, Load] = {
    name: Load(what, keyword) for what, keyword, names in _BY_KIND for name in names.split()
}
"""Full name of a callable -> what it does with a file, or another fixed source."""

ENVIRONMENTS: dict[str, str] = {
    "jinja2.Environment": "loader",
    "jinja2.sandbox.SandboxedEnvironment": "loader",
    "mako.lookup.TemplateLookup": "directories",
}
"""Classes whose instances compile templates when asked for them, and keep them -> the argument that says
where the templates are."""

PATH_METHODS = frozenset({"read_bytes", "read_text"})
"""Methods of a path that read its file, whatever the path was made by."""

OPENERS = frozenset({"builtins.open", "io.open", "codecs.open", "gzip.open", "bz2.open", "lzma.open"})
MODE = "mode"
WRITING = frozenset("wax+")
"""Letters of a mode that writes."""

CHANGING_PLACES = ("/tmp", "/mnt", "/proc", "/sys", "/dev", "/run", "/var/run")  # noqa: S108 - where files change
"""Where a file may be another one in the next invocation: a function's own code and layers are read-only, and
stand in `/var/task` and `/opt`."""

MODEL_PLACES = ("/mnt",)
"""Where a model is mounted from a file system, too large to be deployed with the code."""

ASKING_FOR_FILES = frozenset(
    {"exists", "is_file", "isfile", "is_dir", "isdir", "getmtime", "getsize", "stat"}
)
"""Functions and methods that ask whether a file is there already."""

OBJECT_READS: dict[str, tuple[str, str]] = {
    "get_object": ("Bucket", "Key"),
    "download_file": ("Bucket", "Key"),
    "download_fileobj": ("Bucket", "Key"),
}
"""Operations of a client of `s3` -> the arguments that name the object."""

OBJECT_WRITES = frozenset(
    {
        "copy",
        "copy_object",
        "create_multipart_upload",
        "delete_object",
        "delete_objects",
        "put",
        "put_object",
        "upload_file",
        "upload_fileobj",
    }
)
"""Operations by which a function changes objects."""
