"""The Streamlit program: pages that show numbers, and compute none."""
