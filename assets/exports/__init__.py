"""Reports as files, made when somebody asks or a schedule says so."""
