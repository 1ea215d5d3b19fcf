"""The same code on Apache Kafka: what it does as on the embedded broker, and what faults cost."""
