/// Names that have a meaning in C: its words, what `<float.h>` and `<math.h>` define, and the
/// functions of the library, which no other function of a program may be called as.
enum CNames {
  /// Whether a name has a meaning in C, or in C++, which compiles the same file.
  static func contains(_ name: String) -> Bool {
    words.contains(name) || libraryContains(name)
  }

  /// Whether a name comes from the library, which Swift's Foundation exports, too.
  static func libraryContains(_ name: String) -> Bool {
    if macros.contains(name) || library.contains(name) || narrowing.contains(name) { return true }
    if types.contains(name) { return true }
    // FLT_MAX, M_PI, HUGE_VALF …
    let isMacro = prefixes.contains { prefix in
      guard name.hasPrefix(prefix) else { return false }
      return name.dropFirst(prefix.count).first.map { $0.isUppercase || $0.isNumber } ?? true
    }
    // All types of floating-point numbers have the same functions: expf, expl, expf32x …
    return isMacro
      || suffixes.contains {
        name.hasSuffix($0) && mathematics.contains(String(name.dropLast($0.count)))
      }
  }

  private static let prefixes = [
    "DBL_", "FLT_", "LDBL_", "FP_", "MATH_", "M_", "HUGE_VAL", "HUGE_VAL_", "SNAN",
  ]

  private static let suffixes = ["", "f", "l", "f32", "f32x", "f64", "f64x", "f128"].flatMap {
    [$0, "\($0)_r", "_r\($0)"]
  }

  /// `fadd`, `f32mulf64` and their like, which round once to a narrower type.
  private static let narrowing = Set(
    ["f", "d", "f32", "f32x", "f64", "f64x"].flatMap { type in
      ["add", "div", "fma", "mul", "sqrt", "sub", "rem"].flatMap { operation in
        suffixes.map { "\(type)\(operation)\($0)" }
      }
    })

  private static func split(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  private static let words = split(
    """
    alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t \
    char32_t class co_await co_return co_yield compl concept const const_cast consteval constexpr \
    constinit continue decltype default delete do double dynamic_cast else enum explicit export \
    extern false float for friend goto if inline int long main mutable namespace new noexcept not \
    not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires \
    restrict return short signed sizeof static static_assert static_cast std struct switch \
    template this thread_local throw true try typedef typeid typename typeof typeof_unqual union \
    unsigned using virtual void volatile wchar_t while xor xor_eq linux unix i386
    """)

  /// What the library's headers call types, streams and limits.
  private static let types = split(
    """
    FILE va_list jmp_buf size_t ssize_t ptrdiff_t intmax_t uintmax_t intptr_t uintptr_t wint_t \
    int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t int_least8_t int_least16_t \
    int_least32_t int_least64_t uint_least8_t uint_least16_t uint_least32_t uint_least64_t \
    int_fast8_t int_fast16_t int_fast32_t int_fast64_t uint_fast8_t uint_fast16_t uint_fast32_t \
    uint_fast64_t time_t clock_t div_t ldiv_t lldiv_t imaxdiv_t fpos_t sig_atomic_t fenv_t \
    fexcept_t mbstate_t wctype_t wctrans_t max_align_t off_t pid_t uid_t gid_t mode_t dev_t ino_t \
    stdin stdout stderr errno BUFSIZ FILENAME_MAX FOPEN_MAX RAND_MAX SEEK_CUR SEEK_END SEEK_SET \
    TMP_MAX EXIT_SUCCESS EXIT_FAILURE MB_CUR_MAX MB_LEN_MAX CHAR_BIT CHAR_MAX CHAR_MIN INT_MAX \
    INT_MIN LONG_MAX LONG_MIN LLONG_MAX LLONG_MIN SCHAR_MAX SCHAR_MIN SHRT_MAX SHRT_MIN UCHAR_MAX \
    UINT_MAX ULONG_MAX ULLONG_MAX USHRT_MAX SIZE_MAX PTRDIFF_MAX PTRDIFF_MIN CLOCKS_PER_SEC
    """)

  private static let macros = split(
    """
    DECIMAL_DIG INFINITY NAN MAXFLOAT EOF NULL I complex imaginary fpclassify iscanonical iseqsig \
    isfinite isgreater isgreaterequal isinf isless islessequal islessgreater isnan isnormal \
    issignaling issubnormal isunordered iszero math_errhandling signbit float_t double_t signgam \
    errno assert offsetof setjmp stdin stdout stderr environ
    """)

  /// Of `<math.h>` and `<complex.h>`, for doubles.
  private static let mathematics = split(
    """
    abs acos acosh acospi asin asinh asinpi atan atan2 atan2pi atanh atanpi canonicalize cbrt ceil \
    compoundn copysign cos cosh cospi drem erf erfc exp exp10 exp10m1 exp2 exp2m1 expm1 fabs fdim \
    finite floor fma fmax fmaxmag fmaximum fmaximum_mag fmaximum_mag_num fmaximum_num fmin fminmag \
    fminimum fminimum_mag fminimum_mag_num fminimum_num fmod frexp fromfp fromfpx gamma getpayload \
    hypot ilogb isinf isnan j0 j1 jn ldexp lgamma llogb llrint llround log log10 log10p1 log1p \
    log2 log2p1 logb logp1 lrint lround modf nan nearbyint nextafter nextdown nexttoward nextup \
    pow pow10 pown powr remainder remquo rint rootn round roundeven rsqrt scalb scalbln scalbn \
    setpayload setpayloadsig significand sin sincos sinh sinpi sqrt tan tanh tanpi tgamma \
    totalorder totalordermag trunc ufromfp ufromfpx y0 y1 yn cabs cacos cacosh carg casin casinh \
    catan catanh ccos ccosh cexp cimag clog conj cpow cproj creal csin csinh csqrt ctan ctanh
    """)

  /// Functions of C's library and the commonest of POSIX.
  private static let library = split(
    """
    abort abs accept access alarm aligned_alloc alloca asctime at_quick_exit atexit atof atoi atol \
    atoll bcmp bcopy bzero explicit_bzero ffs ffsl ffsll memccpy mempcpy strchrnul \
    bind bsearch btowc calloc chdir chmod chown clearerr clock close connect creat ctime difftime \
    div dup dup2 execl execv execve exit fclose fdopen feof ferror fflush fgetc fgetpos fgets \
    fgetwc fgetws fileno fopen fork fprintf fputc fputs fputwc fputws fread free freopen fscanf \
    fseek fseeko fsetpos fstat ftell ftello fwide fwprintf fwrite fwscanf getc getchar getenv \
    getline getopt getpid gets getwc getwchar gmtime index ioctl isalnum isalpha isascii isatty \
    isblank iscntrl isdigit isgraph islower isprint ispunct isspace isupper iswalnum iswalpha \
    iswblank iswcntrl iswctype iswdigit iswgraph iswlower iswprint iswpunct iswspace iswupper \
    iswxdigit isxdigit kill labs ldiv link listen llabs lldiv localeconv localtime longjmp lseek \
    lstat malloc mblen mbrlen mbrtowc mbsinit mbsrtowcs mbstowcs mbtowc memchr memcmp memcpy \
    memmove memset mkdir mktime mmap munmap nice open pause perror pipe poll popen printf putc \
    putchar putenv puts putwc putwchar qsort quick_exit raise rand random read readlink realloc \
    recv remove rename rewind rindex rmdir scanf select send setbuf setenv setlocale setvbuf \
    signal sleep snprintf socket sprintf srand srandom sscanf stat stpcpy strcasecmp strcat strchr \
    strcmp strcoll strcpy strcspn strdup strerror strftime strlen strncat strncmp strncpy strndup \
    strnlen strpbrk strrchr strsep strspn strstr strtod strtof strtok strtol strtold strtoll \
    strtoul strtoull strxfrm swprintf swscanf symlink system time timegm tmpfile tmpnam toascii \
    tolower toupper towctrans towlower towupper truncate umask uname ungetc ungetwc unlink \
    unsetenv usleep va_arg va_copy va_end va_start vfprintf vfscanf vfwprintf vprintf vscanf \
    vsnprintf vsprintf vsscanf wait waitpid wcrtomb wcscat wcschr wcscmp wcscoll wcscpy wcscspn \
    wcsftime wcslen wcsncat wcsncmp wcsncpy wcspbrk wcsrchr wcsrtombs wcsspn wcsstr wcstod wcstof \
    wcstok wcstol wcstold wcstoll wcstombs wcstoul wcstoull wcsxfrm wctob wctomb wctrans wctype \
    wmemchr wmemcmp wmemcpy wmemmove wmemset wprintf write wscanf
    """)
}
